using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Projectors.Delta;

/// <summary>
/// y = LayerNorm(GELU(x Wᵀ)) with W = W_s + (U V)ᵀ, and then one third of the attention's input projection.
/// Folded, W is one matrix and the norm's scale and shift sit in the projection that follows (model facts, 1.8).
/// </summary>
internal sealed record DeltaProjection(Matrix Shared, Matrix Down, Matrix Up, Norm Norm, Linear Into)
{
    public static DeltaProjection Read(TensorGroup tensors, int inputs, int outputs, float epsilon, Linear into)
    {
        var rank = tensors.Size("U", 1);
        return new DeltaProjection(
            tensors.Matrix("shared_weight.weight", outputs, inputs),
            tensors.Matrix("U", inputs, rank).Transposed(), // (rank, in), as a linear layer keeps it
            tensors.Matrix("V", rank, outputs).Transposed(), // (out, rank)
            tensors.Norm("norm", outputs, epsilon),
            into);
    }

    public Matrix Merged => Shared + (Up * Down);

    public Linear FoldedInto => Into.After(Norm);

    /// <summary>(B, n, in) -> (B, n, out), already through the attention's input projection.</summary>
    public Value Make(GraphBuilder graph, string path, Value x, bool fold)
    {
        if (fold)
        {
            x = graph.Gelu(path, graph.MatMul(path, x, Merged));
            return graph.MakeLinear($"{path}/in_proj", graph.LayerNorm($"{path}/norm", x, Norm.Bare()), FoldedInto);
        }

        var shared = graph.MatMul($"{path}/shared", x, Shared);
        var delta = graph.MatMul($"{path}/up", graph.MatMul($"{path}/down", x, Down), Up);
        x = graph.Gelu(path, graph.Add(path, shared, delta));
        return graph.MakeLinear($"{path}/in_proj", graph.LayerNorm($"{path}/norm", x, Norm), Into);
    }
}

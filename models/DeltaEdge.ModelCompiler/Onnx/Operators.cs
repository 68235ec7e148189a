using System.Collections.Immutable;
using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Onnx;

/// <summary>The vocabulary architecture parts are written in: one method per thing said, each a node or two.</summary>
internal static class Operators
{
    public static Value MatMul(this GraphBuilder graph, string path, Value x, Matrix weight)
    {
        // Kept (out, in); MatMul wants (in, out).
        var right = graph.Weight($"{path}/weight", weight.Transposed().Values, weight.Columns, weight.Rows);
        return graph.Node(path, "MatMul", [x, right]);
    }

    public static Value MakeLinear(this GraphBuilder graph, string path, Value x, Linear linear)
    {
        var product = graph.MatMul(path, x, linear.Weight);
        return linear.Bias is null ? product : graph.AddVector(path, product, linear.Bias);
    }

    /// <summary>Linear without its bias, for a following node that adds it.</summary>
    public static Value MakeProduct(this GraphBuilder graph, string path, Value x, Linear linear) => graph.MatMul(path, x, linear.Weight);

    public static Value Add(this GraphBuilder graph, string path, Value a, Value b) => graph.Node(path, "Add", [a, b]);

    public static Value AddVector(this GraphBuilder graph, string path, Value x, float[] vector) =>
        graph.Add(path, x, graph.Weight($"{path}/bias", vector, vector.Length));

    /// <summary>Exact GELU of x + bias.</summary>
    public static Value BiasGelu(this GraphBuilder graph, string path, Value x, float[] bias) =>
        graph.ContribNodes(path, "BiasGelu", [x, graph.Weight($"{path}/bias", bias, bias.Length)], 1)[0];

    public static Value Gelu(this GraphBuilder graph, string path, Value x) => graph.Node(path, "Gelu", [x]);

    public static Value Relu(this GraphBuilder graph, string path, Value x) => graph.Node(path, "Relu", [x]);

    /// <summary>x σ(alpha x): CLIP's GELU at 1.702, SiLU at 1.</summary>
    public static Value QuickGelu(this GraphBuilder graph, string path, Value x, float alpha) =>
        graph.ContribNodes(path, "QuickGelu", [x], 1, NodeAttribute.Real("alpha", alpha))[0];

    public static Value Activate(this GraphBuilder graph, string path, Value x, float[] bias, Activation activation) => activation switch
    {
        Activation.Gelu => graph.BiasGelu(path, x, bias),
        _ => graph.QuickGelu(path, graph.AddVector(path, x, bias), 1.702f),
    };

    /// <summary>
    /// Layer norm by way of the skip form, x + x: doubling is exact, and so is a norm of 2x with four times the epsilon.
    /// ONNX Runtime 1.29 runs it four times faster than LayerNormalization: 0.22 against 0.98 ms on (577, 192), one thread.
    /// </summary>
    public static Value LayerNorm(this GraphBuilder graph, string path, Value x, Norm norm) =>
        graph.SkipLayerNorm(path, x, x, bias: null, norm with { Epsilon = 4 * norm.Epsilon }, outputs: 1)[0];

    /// <summary>s = x + skip + bias and its layer norm.</summary>
    public static (Value Normed, Value Sum) SkipLayerNorm(this GraphBuilder graph, string path, Value x, Value skip, float[]? bias, Norm norm)
    {
        var outputs = graph.SkipLayerNorm(path, x, skip, bias, norm, outputs: 4);
        return (outputs[0], outputs[3]);
    }

    private static ImmutableArray<Value> SkipLayerNorm(
        this GraphBuilder graph, string path, Value x, Value skip, float[]? bias, Norm norm, int outputs) => graph.ContribNodes(
        path,
        "SkipLayerNormalization",
        [
            x,
            skip,
            graph.Weight($"{path}/scale", norm.Scale, norm.Scale.Length),
            graph.Weight($"{path}/shift", norm.Shift, norm.Shift.Length),
            bias is null ? Value.None : graph.Weight($"{path}/bias", bias, bias.Length),
        ],
        outputs,
        NodeAttribute.Real("epsilon", norm.Epsilon));

    public static Value RmsNorm(this GraphBuilder graph, string path, Value x, float[] scale, float epsilon) => graph.Node(
        path,
        "SimplifiedLayerNormalization",
        [x, graph.Weight($"{path}/scale", scale, scale.Length)],
        NodeAttribute.Whole("axis", -1),
        NodeAttribute.Real("epsilon", epsilon),
        NodeAttribute.Whole("stash_type", 1));

    /// <summary>s = x + skip and its RMS norm.</summary>
    public static (Value Normed, Value Sum) SkipRmsNorm(this GraphBuilder graph, string path, Value x, Value skip, float[] scale, float epsilon)
    {
        var outputs = graph.ContribNodes(
            path,
            "SkipSimplifiedLayerNormalization",
            [x, skip, graph.Weight($"{path}/scale", scale, scale.Length)],
            4,
            NodeAttribute.Real("epsilon", epsilon));
        return (outputs[0], outputs[3]);
    }

    /// <summary>Attention over (batch, tokens, width) inputs with scale 1/√head size; <paramref name="bias"/> holds those of q, k and v.</summary>
    public static Value MultiHeadAttention(this GraphBuilder graph, string path, Value q, Value k, Value v, float[] bias, int heads) =>
        graph.ContribNodes(
            path,
            "MultiHeadAttention",
            [q, k, v, graph.Weight($"{path}/bias", bias, bias.Length)],
            1,
            NodeAttribute.Whole("num_heads", heads))[0];

    public static ImmutableArray<Value> Split(this GraphBuilder graph, string path, Value x, int axis, params ReadOnlySpan<long> sizes) =>
        graph.Nodes(path, "Split", [x, graph.Wholes(sizes)], sizes.Length, NodeAttribute.Whole("axis", axis));

    public static Value Reshape(this GraphBuilder graph, string path, Value x, params ReadOnlySpan<long> shape) =>
        graph.Node(path, "Reshape", [x, graph.Wholes(shape)]);

    public static Value Transpose(this GraphBuilder graph, string path, Value x, params ReadOnlySpan<long> order) =>
        graph.Node(path, "Transpose", [x], NodeAttribute.Wholes("perm", order));

    public static Value Concat(this GraphBuilder graph, string path, int axis, params ReadOnlySpan<Value> parts) =>
        graph.Node(path, "Concat", parts, NodeAttribute.Whole("axis", axis));

    public static Value Multiply(this GraphBuilder graph, string path, Value a, Value b) => graph.Node(path, "Mul", [a, b]);

    public static Value Sum(this GraphBuilder graph, string path, Value x, bool keep, params ReadOnlySpan<long> axes) =>
        graph.Node(path, "ReduceSum", [x, graph.Wholes(axes)], NodeAttribute.Whole("keepdims", keep ? 1 : 0));

    public static Value Mean(this GraphBuilder graph, string path, Value x, params ReadOnlySpan<long> axes) =>
        graph.Node(path, "ReduceMean", [x, graph.Wholes(axes)], NodeAttribute.Whole("keepdims", 0));

    /// <summary>Elements first .. end of the given axes.</summary>
    public static Value Slice(this GraphBuilder graph, string path, Value x, ReadOnlySpan<long> first, ReadOnlySpan<long> end, ReadOnlySpan<long> axes) =>
        graph.Node(path, "Slice", [x, graph.Wholes(first), graph.Wholes(end), graph.Wholes(axes)]);

    public static Value Softmax(this GraphBuilder graph, string path, Value x) =>
        graph.Node(path, "Softmax", [x], NodeAttribute.Whole("axis", -1));
}

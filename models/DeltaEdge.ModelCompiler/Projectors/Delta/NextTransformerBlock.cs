using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Projectors.Delta;

/// <summary>
/// The block that refines the query grid (arXiv 2512.18910, 3.3; model facts, 1.3): attention over all cells on most
/// channels, a grouped convolution on the rest, an MLP over both. Works on rows (B, K, C); a 1×1 convolution is a linear
/// layer there, and only the 3×3 needs the grid.
/// </summary>
internal sealed class NextTransformerBlock
{
    private readonly int _headSize;
    private readonly Linear _patchEmbed;
    private readonly Norm _normAttention;
    private readonly Norm _normInner;
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly Linear _output;
    private readonly Linear _projection;
    private readonly float[] _kernel;
    private readonly Norm _normConvolution;
    private readonly Linear _convolutionOutput;
    private readonly Linear _up;
    private readonly Linear _down;

    public NextTransformerBlock(TensorGroup tensors, int width, int headSize, float epsilon)
    {
        _headSize = headSize;
        AttentionChannels = tensors.Size("patch_embed.conv.weight", 0);
        ConvolutionChannels = tensors.Size("projection.conv.weight", 0);
        if (AttentionChannels + ConvolutionChannels != width || AttentionChannels % headSize != 0)
        {
            throw new ModelPackageException(
                $"The projector's block has {AttentionChannels} attention and {ConvolutionChannels} convolution channels;"
                + $" together they must be {width}, and the first divisible by delta.ntb.head_dim {headSize}.");
        }

        var (a, c) = (AttentionChannels, ConvolutionChannels);
        _patchEmbed = tensors.Linear("patch_embed.conv", a, width, bias: false);
        _normAttention = tensors.Norm("norm_mhsa", a, epsilon);
        var attention = tensors.Child("e_mhsa");
        _normInner = attention.Norm("norm", a, epsilon);
        _query = attention.Linear("q", a, a);
        _key = attention.Linear("k", a, a);
        _value = attention.Linear("v", a, a);
        _output = attention.Linear("proj", a, a);
        _projection = tensors.Linear("projection.conv", c, a, bias: false);
        var convolution = tensors.Child("mhca");
        GroupChannels = convolution.Size("group_conv3x3.weight", 1);
        _kernel = convolution.Tensor("group_conv3x3.weight", c, GroupChannels, 3, 3);
        _normConvolution = convolution.Norm("norm", c, epsilon);
        _convolutionOutput = convolution.Linear("projection", c, c, bias: false);
        var inner = tensors.Size("mlp.conv1.weight", 0);
        _up = tensors.Linear("mlp.conv1", inner, width);
        _down = tensors.Linear("mlp.conv2", width, inner);
    }

    public int AttentionChannels { get; }

    public int ConvolutionChannels { get; }

    private int GroupChannels { get; }

    /// <summary>(B, side², width) -> same, less the last bias when <paramref name="lastBias"/> is taken by the caller.</summary>
    public Value Make(GraphBuilder graph, string path, Value x, int side, bool fold, out float[] lastBias)
    {
        x = graph.MatMul($"{path}/patch_embed", x, _patchEmbed.Weight); // (B, K, A)
        x = MakeAttention(graph, $"{path}/e_mhsa", x, fold);
        var o = graph.MatMul($"{path}/projection", x, _projection.Weight); // (B, K, C)
        o = graph.Add($"{path}/mhca/residual", o, MakeConvolution(graph, $"{path}/mhca", o, side));
        x = graph.Concat($"{path}/concat", -1, x, o); // (B, K, A + C)
        var inner = graph.Relu($"{path}/mlp", graph.MakeLinear($"{path}/mlp/conv1", x, _up));
        lastBias = _down.Bias!;
        return graph.Add($"{path}/residual", x, graph.MakeProduct($"{path}/mlp/conv2", inner, _down));
    }

    private Value MakeAttention(GraphBuilder graph, string path, Value x, bool fold)
    {
        var packed = Linear.Pack(_query, _key, _value);
        var norm = _normInner;
        if (fold)
        {
            (packed, norm) = (packed.After(norm), norm.Bare());
        }

        var normed = graph.LayerNorm($"{path}/norm", graph.LayerNorm($"{path}/norm_mhsa", x, _normAttention), norm);
        var width = AttentionChannels;
        var qkv = graph.Split(path, graph.MakeProduct($"{path}/qkv", normed, packed), -1, width, width, width);
        var mixed = graph.MultiHeadAttention(path, qkv[0], qkv[1], qkv[2], packed.Bias!, width / _headSize);
        return graph.Add($"{path}/residual", x, graph.MakeLinear($"{path}/proj", mixed, _output));
    }

    private Value MakeConvolution(GraphBuilder graph, string path, Value o, int side)
    {
        var c = ConvolutionChannels;
        var map = graph.Reshape($"{path}/grid", graph.Transpose($"{path}/grid", o, 0, 2, 1), 0, c, side, side); // (B, C, g, g)
        var kernel = graph.Weight($"{path}/group_conv3x3/weight", _kernel, c, GroupChannels, 3, 3);
        map = graph.Node(
            $"{path}/group_conv3x3",
            "Conv",
            [map, kernel],
            NodeAttribute.Whole("group", c / GroupChannels),
            NodeAttribute.Wholes("kernel_shape", 3, 3),
            NodeAttribute.Wholes("pads", 1, 1, 1, 1));
        o = graph.Transpose($"{path}/rows", graph.Reshape($"{path}/rows", map, 0, c, side * side), 0, 2, 1); // (B, K, C)
        o = graph.Relu(path, graph.LayerNorm($"{path}/norm", o, _normConvolution));
        return graph.MatMul($"{path}/projection", o, _convolutionOutput.Weight);
    }
}

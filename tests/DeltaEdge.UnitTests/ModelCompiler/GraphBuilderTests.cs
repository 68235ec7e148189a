using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Onnx.Format;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class GraphBuilderTests
{
    private readonly MemoryStream _weights = new();
    private readonly GraphBuilder _graph;

    public GraphBuilderTests() => _graph = new GraphBuilder("test", new WeightFile(_weights, "test.weights"));

    [Fact]
    public void EqualConstants_AreMerged()
    {
        var first = _graph.Weight("/a", [1, 2, 3, 4], 4);
        Assert.Equal(first, _graph.Weight("/b", [1, 2, 3, 4], 4));
        Assert.NotEqual(first, _graph.Weight("/c", [1, 2, 3, 4], 2, 2));
        Assert.NotEqual(first, _graph.Weight("/d", [1, 2, 3, 5], 4));
        Assert.Equal(3, _graph.ToModel().Graph.Initializer.Count);
    }

    [Fact]
    public void LargeWeight_GoesToTheWeightFileOnce()
    {
        var values = Enumerable.Range(0, 1000).Select(i => (float)i).ToArray();
        _graph.Weight("/a", [7], 1);
        _graph.Weight("/b", values, 1000);
        _graph.Weight("/c", values, 10, 100);
        Assert.Equal(4000, _weights.Length);

        var tensors = _graph.ToModel().Graph.Initializer;
        Assert.Equal(TensorProto.Types.DataLocation.Default, tensors[0].DataLocation);
        Assert.All(tensors.Skip(1), t => Assert.Equal(TensorProto.Types.DataLocation.External, t.DataLocation));
        Assert.Equal(["test.weights", "0", "4000"], tensors[2].ExternalData.Select(e => e.Value));
    }

    [Fact]
    public void WeightsAfterAnother_StartOnACacheLine()
    {
        _graph.Weight("/a", new float[301], 301);
        _graph.Weight("/b", [.. Enumerable.Repeat(1f, 300)], 300);
        Assert.Equal("1216", _graph.ToModel().Graph.Initializer[1].ExternalData[1].Value); // 1204 rounded up to 64
    }

    [Fact]
    public void NodeName_IsItsPathAndOperator()
    {
        var x = _graph.Input("x", TensorElement.F32, "batch", 4);
        var y = _graph.Relu("/layers.0/mlp", x);
        Assert.Equal("/layers.0/mlp/Relu/output_0", y.Name);
        Assert.Equal("/layers.0/mlp/Relu", _graph.ToModel().Graph.Node[0].Name);
    }

    [Fact]
    public void SameNodeTwice_IsRefused()
    {
        var x = _graph.Input("x", TensorElement.F32, "batch", 4);
        _graph.Relu("/mlp", x);
        var error = Assert.Throws<InvalidOperationException>(() => _graph.Relu("/mlp", x));
        Assert.Contains("/mlp/Relu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_RenamesTheValueForItsReadersToo()
    {
        var x = _graph.Input("x", TensorElement.F32, "batch", 4);
        var y = _graph.Relu("/a", x);
        var z = _graph.Relu("/b", y);
        _graph.Output("z", z, TensorElement.F32, "batch", 4);
        _graph.Output("y", y, TensorElement.F32, "batch", 4);
        var nodes = _graph.ToModel().Graph.Node;
        Assert.Equal(["y", "z"], nodes.SelectMany(n => n.Output));
        Assert.Equal(["x", "y"], nodes.SelectMany(n => n.Input));
    }

    [Fact]
    public void OutputThatIsAnInput_PassesThroughANode()
    {
        var x = _graph.Input("x", TensorElement.F32, "batch", 4);
        _graph.Output("y", x, TensorElement.F32, "batch", 4);
        var node = Assert.Single(_graph.ToModel().Graph.Node);
        Assert.Equal(("Identity", "x", "y"), (node.OpType, node.Input[0], node.Output[0]));
    }

    [Fact]
    public void Edge_KeepsSymbolsAndSizes()
    {
        _graph.Input("x", TensorElement.I32, "batch", 4);
        var type = _graph.ToModel().Graph.Input[0].Type.TensorType;
        Assert.Equal((int)TensorProto.Types.DataType.Int32, type.ElemType);
        Assert.Equal("batch", type.Shape.Dim[0].DimParam);
        Assert.Equal(4, type.Shape.Dim[1].DimValue);
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Onnx.Format;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace DeltaEdge.ModelCompiler.Onnx;

/// <summary>
/// Collects nodes, weights and edges of one ONNX graph. Node names are paths (<c>/layers.0/attn/q_proj/MatMul</c>), a
/// node's outputs are named after it, and equal constants are merged. Knows no architecture; see <see cref="Operators"/>
/// for the vocabulary on top.
/// </summary>
internal sealed class GraphBuilder(string name, WeightFile weights)
{
    public const string ContribDomain = "com.microsoft";
    private const int OperatorSet = 20;
    private const int ContribOperatorSet = 1;
    private const int IrVersion = 9; // the one that came with operator set 20
    private const int InlineBytes = 1024; // shapes and other small constants stay in the graph, where shape inference sees them
    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<string, Value> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodeNames = new(StringComparer.Ordinal);
    private readonly ImmutableArray<TensorSpec>.Builder _inputs = ImmutableArray.CreateBuilder<TensorSpec>();
    private readonly ImmutableArray<TensorSpec>.Builder _outputs = ImmutableArray.CreateBuilder<TensorSpec>();

    public Value Input(string input, TensorElement element, params ReadOnlySpan<Dimension> shape)
    {
        _graph.Input.Add(Edge(input, element, shape, _inputs));
        return new Value(input);
    }

    /// <summary>Makes a value a graph output under a name of the contract.</summary>
    public void Output(string output, Value value, TensorElement element, params ReadOnlySpan<Dimension> shape)
    {
        _graph.Output.Add(Edge(output, element, shape, _outputs));
        var producer = _graph.Node.SingleOrDefault(n => n.Output.Contains(value.Name));
        if (producer is null || _outputs.Any(o => o.Name == value.Name))
        {
            var identity = new NodeProto { Name = $"/{output}/Identity", OpType = "Identity" };
            identity.Input.Add(value.Name);
            identity.Output.Add(output);
            _graph.Node.Add(identity);
            return;
        }

        foreach (var node in _graph.Node)
        {
            Rename(node.Input, value.Name, output);
            Rename(node.Output, value.Name, output);
        }
    }

    /// <summary>Adds a node with one output.</summary>
    public Value Node(string path, string op, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        AddNode(path, op, "", inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public ImmutableArray<Value> Nodes(
        string path, string op, ReadOnlySpan<Value> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes) =>
        AddNode(path, op, "", inputs, outputs, attributes);

    /// <summary>Adds a node of ONNX Runtime's own operators.</summary>
    public ImmutableArray<Value> ContribNodes(
        string path, string op, ReadOnlySpan<Value> inputs, int outputs, params ReadOnlySpan<AttributeProto> attributes) =>
        AddNode(path, op, ContribDomain, inputs, outputs, attributes);

    /// <summary>An fp32 constant; large ones go to the weight file.</summary>
    public Value Weight(string path, float[] values, params ReadOnlySpan<int> shape) =>
        Constant(path, TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes(values.AsSpan()), shape, InlineBytes);

    /// <summary>A one-dimensional int64 constant: a shape, axes, split sizes.</summary>
    public Value Wholes(params ReadOnlySpan<long> values) =>
        Constant($"/constants/{string.Join('_', values.ToArray())}", TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values), [values.Length], int.MaxValue);

    public ModelProto ToModel()
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "DeltaEdge.ModelCompiler",
            ProducerVersion = CompilerVersion.Current,
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = ContribDomain, Version = ContribOperatorSet });
        return model;
    }

    public CompiledGraph Save(string directory, string file)
    {
        using var stream = File.Create(Path.Combine(directory, file));
        ToModel().WriteTo(stream);
        return new CompiledGraph(file, _inputs.ToImmutable(), _outputs.ToImmutable());
    }

    private ImmutableArray<Value> AddNode(
        string path, string op, string domain, ReadOnlySpan<Value> inputs, int outputs, ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { Name = $"{path}/{op}", OpType = op, Domain = domain };
        if (!_nodeNames.Add(node.Name))
        {
            throw new InvalidOperationException($"The graph '{_graph.Name}' already has a node '{node.Name}'.");
        }

        foreach (var input in inputs)
        {
            node.Input.Add(input.Name);
        }

        var values = ImmutableArray.CreateBuilder<Value>(outputs);
        for (var i = 0; i < outputs; i++)
        {
            values.Add(new Value($"{node.Name}/output_{i}"));
            node.Output.Add(values[i].Name);
        }

        node.Attribute.AddRange(attributes.ToArray());
        _graph.Node.Add(node);
        return values.MoveToImmutable();
    }

    private Value Constant(string path, TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> shape, int inlineBytes)
    {
        var hash = Convert.ToHexString(SHA256.HashData(bytes));
        var key = $"{type}[{string.Join(',', shape.ToArray())}]{hash}";
        if (_constants.TryGetValue(key, out var known))
        {
            return known;
        }

        var tensor = new TensorProto { Name = path, DataType = (int)type };
        tensor.Dims.AddRange(shape.ToArray().Select(d => (long)d));
        if (bytes.Length > inlineBytes)
        {
            weights.Store(tensor, bytes, hash);
        }
        else
        {
            tensor.RawData = ByteString.CopyFrom(bytes);
        }

        _graph.Initializer.Add(tensor);
        return _constants[key] = new Value(path);
    }

    private static ValueInfoProto Edge(
        string edge, TensorElement element, ReadOnlySpan<Dimension> shape, ImmutableArray<TensorSpec>.Builder specs)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)DataTypeOf(element), Shape = new TensorShapeProto() };
        foreach (var dimension in shape)
        {
            tensor.Shape.Dim.Add(dimension.Symbol is null
                ? new TensorShapeProto.Types.Dimension { DimValue = dimension.Size }
                : new TensorShapeProto.Types.Dimension { DimParam = dimension.Symbol });
        }

        specs.Add(new TensorSpec(edge, element, [.. shape.ToArray().Select(d => d.Size)]));
        return new ValueInfoProto { Name = edge, Type = new TypeProto { TensorType = tensor } };
    }

    private static TensorProto.Types.DataType DataTypeOf(TensorElement element) => element switch
    {
        TensorElement.F32 => TensorProto.Types.DataType.Float,
        TensorElement.I32 => TensorProto.Types.DataType.Int32,
        _ => TensorProto.Types.DataType.Int64,
    };

    private static void Rename(RepeatedField<string> names, string from, string to)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == from)
            {
                names[i] = to;
            }
        }
    }
}

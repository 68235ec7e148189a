using System.Collections.Immutable;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Projectors.Delta;

/// <summary>
/// The Delta projector (arXiv 2512.18910), in the order of operations of its public release. No tensor depends on the
/// budget: keys and values of all patches are the memory, made once a frame; the query branch, the window attention and
/// the output MLP are made per budget.
/// </summary>
internal sealed class DeltaProjector : IProjector
{
    private readonly ProjectorContext _context;
    private readonly DeltaConfig _config;
    private readonly TensorGroup _tensors;
    private readonly int _width;
    private readonly Linear _inputProjection; // rows q | k | v
    private readonly Linear _outputProjection;
    private readonly Linear _mlpFirst;
    private readonly Linear _mlpSecond;

    public DeltaProjector(ProjectorContext context)
    {
        _context = context;
        _config = DeltaConfig.Read(context.Config, context.Vision, context.ConfigFile);
        _tensors = TensorGroup.Find(
            context.Store,
            "Delta projector",
            "clip_attn.in_proj_weight",
            ["multi_modal_projector.", "model.mm_projector.", "model.multi_modal_projector.", "mm_projector."]);
        _width = _tensors.Size("clip_attn.out_proj.weight", 0);
        if (_width % _config.Heads != 0)
        {
            throw new ModelPackageException($"{context.ConfigFile}: delta.num_heads {_config.Heads} does not divide the projector's width {_width}.");
        }

        _inputProjection = new Linear(
            _tensors.Matrix("clip_attn.in_proj_weight", 3 * _width, _width), _tensors.Tensor("clip_attn.in_proj_bias", 3 * _width));
        _outputProjection = _tensors.Linear("clip_attn.out_proj", _width, _width);
        _mlpFirst = _tensors.Linear("mlp.0", context.HiddenSize, _width);
        _mlpSecond = _tensors.Linear("mlp.2", context.HiddenSize, context.HiddenSize);
    }

    public ImmutableArray<int> Taps => _config.Taps;

    public int QueryState => _config.QueryState;

    public ImmutableArray<int> Budgets => [.. _config.Scales.Select(s => Side(s) * Side(s)).Distinct().OrderDescending()];

    private int Grid => _context.Vision.Grid;

    private int HeadSize => _width / _config.Heads;

    public void MakeMemory(GraphBuilder graph)
    {
        var inputs = _context.Vision.HiddenSize * _config.Taps.Length;
        var features = graph.Input("features", TensorElement.F32, "batch", Grid * Grid, inputs);
        var keys = ReadProjection("k_proj_1", inputs, _inputProjection.Slice(_width, _width));
        var values = ReadProjection("v_proj_1", inputs, _inputProjection.Slice(2 * _width, _width));
        Output("keys", keys.Make(graph, "/k_proj", features, _context.Fold));
        Output("values", values.Make(graph, "/v_proj", features, _context.Fold));

        void Output(string name, Value value) => graph.Output(name, value, TensorElement.F32, "batch", Grid * Grid, _width);
    }

    public void MakeQuery(GraphBuilder graph, int budget)
    {
        var scale = _config.Scales.First(s => Side(s) * Side(s) == budget);
        var level = graph.Input("query_level", TensorElement.F32, "batch", Grid * Grid, _context.Vision.HiddenSize);
        var keys = graph.Input("keys", TensorElement.F32, "batch", Grid * Grid, _width);
        var values = graph.Input("values", TensorElement.F32, "batch", Grid * Grid, _width);

        // At s = 1 a window holds one patch: its weight is 1 whatever the query says.
        var mixed = scale == 1
            ? values
            : WindowAttention.Make(graph, "/attn", MakeQueries(graph, level, scale), keys, values, Grid, scale, _config.Heads, HeadSize);
        graph.Output("visual_tokens", MakeMlp(graph, mixed), TensorElement.F32, "batch", budget, _context.HiddenSize);
    }

    // (B, N, C) -> (B, K, E): resize, refine, add positions, project; the attention's 1/√d and temperature are in it.
    private Value MakeQueries(GraphBuilder graph, Value level, int scale)
    {
        var (side, row) = (Side(scale), _config.Scales.IndexOf(scale));
        var block = new NextTransformerBlock(_tensors.Child("combined_block.ntb"), _width, _config.BlockHeadSize, _config.BlockEpsilon);
        var x = block.Make(graph, "/ntb", MakeResize(graph, level, scale), side, _context.Fold, out var blockBias);

        var table = PositionTable.Resample(PositionTable.SinCos(_width, Grid), _width, Grid, side);
        var shift = ScaleRow("scale_query", row, _width);
        var scaling = LogitScaling(row);
        var projection = ReadProjection("q_proj_1", _width, _inputProjection.Slice(0, _width));
        if (_context.Fold)
        {
            var positions = table.Select((value, i) => value + shift[i % _width] + blockBias[i % _width]).ToArray();
            x = graph.Add("/positions", x, graph.Weight("/positions", positions, side * side, _width));
            return (projection with { Into = projection.Into.Scaled(scaling) }).Make(graph, "/q_proj", x, fold: true);
        }

        x = graph.AddVector("/ntb/mlp/conv2", x, blockBias);
        x = graph.AddVector("/scale_query", graph.Add("/positions", x, graph.Weight("/positions", table, side * side, _width)), shift);
        x = projection.Make(graph, "/q_proj", x, fold: false);
        return graph.Multiply("/q_proj/scale", x, graph.Weight("/q_proj/scaling", scaling, _width));
    }

    // Bilinear without antialias at a whole ratio reads the centre cell of a window (odd s) or the mean of its four
    // centre cells (even s).
    private Value MakeResize(GraphBuilder graph, Value level, int scale)
    {
        var (side, width) = (Side(scale), _context.Vision.HiddenSize);
        var first = (scale - 1) / 2;
        var end = (scale / 2) + 1;
        var windows = graph.Reshape("/resize/windows", level, 0, side, scale, side, scale, width);
        var centres = graph.Slice("/resize", windows, [first, first], [end, end], [2, 4]); // (B, g, 1|2, g, 1|2, C)
        return graph.Reshape("/resize", graph.Mean("/resize", centres, 2, 4), 0, side * side, width);
    }

    private Value MakeMlp(GraphBuilder graph, Value mixed)
    {
        var first = _mlpFirst;
        if (_context.Fold)
        {
            first = _outputProjection.Then(_mlpFirst);
        }
        else
        {
            mixed = graph.MakeLinear("/attn/out_proj", mixed, _outputProjection);
        }

        var x = graph.BiasGelu("/mlp/act", graph.MakeProduct("/mlp/0", mixed, first), first.Bias!);
        return graph.MakeLinear("/mlp/2", x, _mlpSecond);
    }

    private DeltaProjection ReadProjection(string name, int inputs, Linear into) =>
        DeltaProjection.Read(_tensors.Child(name), inputs, _width, _config.ProjectionEpsilon, into);

    // Per channel of q: exp(temperature of its head at this scale) / √head size.
    private float[] LogitScaling(int row)
    {
        var temperatures = ScaleRow("scale_log_temperature", row, _config.Heads);
        var scaling = new float[_width];
        for (var i = 0; i < _width; i++)
        {
            scaling[i] = (float)(Math.Exp(temperatures[i / HeadSize]) / Math.Sqrt(HeadSize));
        }

        return scaling;
    }

    // Elastic extras have a row per scale, in the order of delta.scales; a package without them behaves as with zeros.
    private float[] ScaleRow(string name, int row, int width) => _tensors.Contains(name)
        ? _tensors.Tensor(name, _config.Scales.Length, width)[(row * width)..((row + 1) * width)]
        : new float[width];

    private int Side(int scale) => Grid / scale;
}

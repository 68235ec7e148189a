using System.Collections.Immutable;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Projectors;

/// <summary>LLaVA-1.5's projector: Linear, GELU, Linear on every patch. One budget, so all of it is memory.</summary>
internal sealed class MlpProjector : IProjector
{
    private readonly ProjectorContext _context;
    private readonly Linear _first;
    private readonly Linear _second;

    public MlpProjector(ProjectorContext context)
    {
        _context = context;
        context.Config.RequireText("projector_hidden_act", "gelu");
        var layer = context.Config.Whole("vision_feature_layer", context.Config.Whole("mm_vision_select_layer", -2));
        QueryState = context.Vision.StateIndex(layer, "vision_feature_layer", context.ConfigFile);
        _first = Read("linear_1", "0", context.Vision.HiddenSize);
        _second = Read("linear_2", "2", context.HiddenSize);
    }

    public ImmutableArray<int> Taps => [QueryState];

    public int QueryState { get; }

    public ImmutableArray<int> Budgets => [Patches];

    private int Patches => _context.Vision.Grid * _context.Vision.Grid;

    public void MakeMemory(GraphBuilder graph)
    {
        var x = graph.Input("features", TensorElement.F32, "batch", Patches, _context.Vision.HiddenSize);
        x = graph.BiasGelu("/mlp/act", graph.MakeProduct("/mlp/0", x, _first), _first.Bias!);
        x = graph.MakeLinear("/mlp/2", x, _second);
        graph.Output("values", x, TensorElement.F32, "batch", Patches, _context.HiddenSize);
    }

    public void MakeQuery(GraphBuilder graph, int budget)
    {
        var values = graph.Input("values", TensorElement.F32, "batch", Patches, _context.HiddenSize);
        graph.Output("visual_tokens", values, TensorElement.F32, "batch", budget, _context.HiddenSize);
    }

    // Hugging Face's name, or the position in the original's nn.Sequential.
    private Linear Read(string name, string position, int inputs) => TensorGroup
        .Find(
            _context.Store,
            "mlp2x_gelu projector",
            "weight",
            [$"multi_modal_projector.{name}.", $"model.multi_modal_projector.{name}.", $"model.mm_projector.{position}."])
        .Linear(_context.HiddenSize, inputs);
}

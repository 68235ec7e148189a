using System.Collections.Immutable;
using DeltaEdge.ModelCompiler.Package;

namespace DeltaEdge.ModelCompiler.Projectors.Delta;

/// <summary>
/// Keys of the object <c>delta</c>. Widths and ranks are read from the tensors; what no tensor tells is here. Defaults
/// are the published model's.
/// </summary>
internal sealed record DeltaConfig(
    ImmutableArray<int> Taps,
    int QueryState,
    int Heads,
    int BlockHeadSize,
    float ProjectionEpsilon,
    float BlockEpsilon,
    ImmutableArray<int> Scales)
{
    public static DeltaConfig Read(ConfigSection root, VisionConfig vision, string file)
    {
        var section = root.Section("delta") ?? ConfigSection.Empty(file, "delta");
        var block = section.Section("ntb") ?? ConfigSection.Empty(file, "delta.ntb");
        var select = root.Whole("vision_feature_layer", root.Whole("mm_vision_select_layer", -2));
        var taps = section.Wholes("tap_layers") ?? [12, 16, 22, 23];
        var scales = section.Wholes("scales") ?? [root.Whole("scale_factor", 2)];
        var grid = section.Count("raw_grid", vision.Grid);
        if (grid != vision.Grid)
        {
            throw section.Unsupported("raw_grid", $"{grid}", $"{vision.Grid}, the tower's patches per side");
        }

        foreach (var scale in scales)
        {
            if (scale < 1 || grid % scale != 0)
            {
                throw section.Unsupported("scales", $"{scale}", $"divisors of {grid}");
            }
        }

        return new DeltaConfig(
            [.. taps.Select(t => vision.StateIndex(t, "delta.tap_layers", file))],
            vision.StateIndex(section.Whole("query_layer", select), "delta.query_layer", file),
            section.Count("num_heads", 8),
            block.Count("head_dim", 32),
            section.Real("projection_layer_norm_eps", 1e-6f),
            block.Real("layer_norm_eps", 1e-5f),
            scales);
    }
}

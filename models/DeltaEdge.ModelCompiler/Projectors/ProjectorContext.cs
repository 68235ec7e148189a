using DeltaEdge.ModelCompiler.Package;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ModelCompiler.Projectors;

/// <summary>What a projector family builds from.</summary>
/// <param name="Store">All tensors of the package.</param>
/// <param name="Config">Root of <c>config.json</c>.</param>
/// <param name="ConfigFile">Its name, for error texts.</param>
/// <param name="Vision">Shape of the tower in front.</param>
/// <param name="HiddenSize">Width of a visual token.</param>
/// <param name="Fold">Whether adjacent linear parts become one.</param>
internal sealed record ProjectorContext(
    TensorStore Store,
    ConfigSection Config,
    string ConfigFile,
    VisionConfig Vision,
    int HiddenSize,
    bool Fold);

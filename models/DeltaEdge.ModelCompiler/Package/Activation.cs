namespace DeltaEdge.ModelCompiler.Package;

/// <summary>Activation of the vision tower's MLP.</summary>
internal enum Activation
{
    /// <summary>x Φ(x), by erf.</summary>
    Gelu,

    /// <summary>x σ(1.702 x), CLIP's own.</summary>
    QuickGelu,
}

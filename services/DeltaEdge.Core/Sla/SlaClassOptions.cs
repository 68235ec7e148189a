namespace DeltaEdge.Core.Sla;

/// <summary>One configured class. A value left out keeps the built-in class's, or the default shown.</summary>
public sealed class SlaClassOptions
{
    /// <summary>Milliseconds from capture to answer, 10 to 600000. Default 500.</summary>
    public int DeadlineMs { get; set; } = 500;

    /// <summary>Floor in visual tokens. Default 1.</summary>
    public int MinTokens { get; set; } = 1;

    /// <summary>Ceiling in visual tokens. Default 576.</summary>
    public int MaxTokens { get; set; } = 576;

    /// <summary>The heavier class is degraded later. Default 1.</summary>
    public double Weight { get; set; } = 1;
}

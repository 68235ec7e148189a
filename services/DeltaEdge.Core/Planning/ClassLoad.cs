namespace DeltaEdge.Core.Planning;

/// <summary>What one SLA class asked of one worker over the last report window, and how it fared.</summary>
public sealed record ClassLoad
{
    public required string SlaClass { get; init; }

    /// <summary>Frames that arrived per second, dropped ones included: the demand, not what was served.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Questions that arrived per second, dropped ones included.</summary>
    public double QuestionsPerSecond { get; init; }

    /// <summary>Mean tokens of the window's answers. Default 2, what a short answer takes.</summary>
    public double MeanAnswerTokens { get; init; } = 2;

    /// <summary>95th percentile of capture to answer, seconds; 0 without answers.</summary>
    public double P95Seconds { get; init; }

    /// <summary>Questions that ended in the window, whatever their outcome.</summary>
    public int Finished { get; init; }

    /// <summary>Of those, answers on time.</summary>
    public int OnTime { get; init; }

    /// <summary>Mean visual tokens of the window's answers; 0 without answers.</summary>
    public double MeanBudget { get; init; }
}

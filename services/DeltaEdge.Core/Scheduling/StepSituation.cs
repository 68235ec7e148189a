namespace DeltaEdge.Core.Scheduling;

/// <summary>What <see cref="StepRule"/> looks at.</summary>
public readonly struct StepSituation
{
    public required int ActiveRows { get; init; }

    public required int FreeRows { get; init; }

    public required bool Waiting { get; init; }

    /// <summary>Decode steps since the last prefill during which somebody waited.</summary>
    public required int StepsWhileWaiting { get; init; }

    /// <summary>Predicted seconds until the active rows have answered.</summary>
    public required double DecodeSecondsLeft { get; init; }

    /// <summary>Seconds until the most urgent deadline of the active rows.</summary>
    public required double ActiveSlackSeconds { get; init; }

    /// <summary>Predicted seconds of the head group at its floor.</summary>
    public required double HeadSeconds { get; init; }

    /// <summary>Most urgent deadline of the active rows.</summary>
    public required TimeSpan ActiveDeadline { get; init; }

    public required TimeSpan HeadDeadline { get; init; }

    /// <summary>Seconds that the head group could wait and still be on time at its floor, as predicted.</summary>
    public required double HeadSlackSeconds { get; init; }
}

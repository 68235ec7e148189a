using System.Text.Json.Serialization;
using DeltaEdge.Core.Capacity;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Cli.Capacity;

/// <summary>What <c>deltaedge capacity</c> found, as it is written to JSON.</summary>
internal sealed record CapacityReport
{
    public required string Model { get; init; }

    public required double FramesPerSecond { get; init; }

    public required string[] Questions { get; init; }

    /// <summary>Decode steps of an answer, in the order of the questions, as measured.</summary>
    public required int[] AnswerTokens { get; init; }

    public required int DeadlineMs { get; init; }

    public required double AccuracyFloor { get; init; }

    public required string AccuracyBasis { get; init; }

    public required int Workers { get; init; }

    /// <summary>Slow over typical service time that the tails were predicted with: what was measured here, at least 1.15.</summary>
    public required double TailMargin { get; init; }

    public required HeatCell[] Latency { get; init; }

    public required CapacityRow[] Budgets { get; init; }

    /// <summary>Row of <see cref="Budgets"/> that answers the question; null if none does.</summary>
    public required CapacityRow? Best { get; init; }

    public required string Answer { get; init; }

    public TrialResult? Trial { get; init; }
}

/// <summary>A cell of the heat map.</summary>
internal sealed record HeatCell(int Budget, int Batch, double MedianMs, double P95Ms);

/// <summary>A <see cref="BudgetCapacity"/> in milliseconds, rounded; a percentile without a bound is null.</summary>
internal sealed record CapacityRow(
    int Budget, int Streams, double FramesPerSecond, double Utilisation, double? P50Ms, double? P99Ms, Dictionary<string, double> Accuracy, double MeanAccuracy, bool Allowed)
{
    public static CapacityRow Of(BudgetCapacity b) => new(
        b.Budget, b.Streams, Math.Round(b.FramesPerSecond, 2), Math.Round(b.Utilisation, 3), Milliseconds(b.P50Seconds), Milliseconds(b.P99Seconds),
        b.Accuracy.ToDictionary(a => a.Key.Name(), a => Math.Round(a.Value, 4)), Math.Round(b.MeanAccuracy, 4), b.IsAllowed);

    private static double? Milliseconds(double seconds) => double.IsFinite(seconds) ? Math.Round(1000 * seconds, 1) : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(CapacityReport))]
internal sealed partial class CapacityJson : JsonSerializerContext;

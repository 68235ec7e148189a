using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Runs;

/// <summary>
/// Runs and their numbers as JSON files, so that a bench can stop and go on. Keys are snake_case; a number that is not finite is a
/// string, <c>"NaN"</c> or <c>"Infinity"</c>. Every reader throws <see cref="JsonException"/> on a file that is cut short or is
/// something else.
/// </summary>
public static class RunJson
{
    public static void Write(Stream to, ImmutableArray<RunSummary> summaries) =>
        JsonSerializer.Serialize(to, summaries, RunJsonContext.Default.ImmutableArrayRunSummary);

    public static ImmutableArray<RunSummary> ReadSummaries(Stream from) =>
        JsonSerializer.Deserialize(from, RunJsonContext.Default.ImmutableArrayRunSummary);

    public static void Write(Stream to, ImmutableArray<Comparison> comparisons) =>
        JsonSerializer.Serialize(to, comparisons, RunJsonContext.Default.ImmutableArrayComparison);

    public static ImmutableArray<Comparison> ReadComparisons(Stream from) =>
        JsonSerializer.Deserialize(from, RunJsonContext.Default.ImmutableArrayComparison);

    /// <summary>Writes a run's asks by columns. Of the workload only its name, seed and a check sum: it can be made again from those.</summary>
    public static void Write(Stream to, PolicyRun run) => JsonSerializer.Serialize(to, RunColumns.Of(run), RunJsonContext.Default.RunColumns);

    /// <summary>The run that was written.</summary>
    /// <param name="from">What <see cref="Write(Stream, PolicyRun)"/> wrote.</param>
    /// <param name="workload">The workload it ran on, made again.</param>
    /// <exception cref="JsonException">Not such a file, or columns of different length.</exception>
    /// <exception cref="InvalidDataException">The run was on another workload, or on other arrivals of that name.</exception>
    public static PolicyRun ReadRun(Stream from, Workload workload)
    {
        var columns = JsonSerializer.Deserialize(from, RunJsonContext.Default.RunColumns) ?? throw new JsonException("A run is wanted, not null.");
        return columns.ToRun(workload);
    }
}

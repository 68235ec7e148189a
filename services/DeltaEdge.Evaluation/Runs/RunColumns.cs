using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Runs;

/// <summary>A run as a file holds it: one array per field of its asks, all of one length. Enums are their numbers.</summary>
internal sealed record RunColumns
{
    public required string Policy { get; init; }

    public required string Workload { get; init; }

    public required int Seed { get; init; }

    /// <summary>Check sum of streams and arrivals, hexadecimal.</summary>
    public required string Arrivals { get; init; }

    public required ImmutableArray<int> Arrival { get; init; }

    public required ImmutableArray<int> Question { get; init; }

    public required ImmutableArray<double> Due { get; init; }

    public required ImmutableArray<double> Latency { get; init; }

    public required ImmutableArray<int> End { get; init; }

    public required ImmutableArray<int> Budget { get; init; }

    public required ImmutableArray<int> Kind { get; init; }

    public required ImmutableArray<bool> Correct { get; init; }

    public required ImmutableArray<double> Expected { get; init; }

    public static RunColumns Of(PolicyRun run) => new()
    {
        Policy = run.Policy,
        Workload = run.Workload.Name,
        Seed = run.Workload.Seed,
        Arrivals = CheckSum(run.Workload),
        Arrival = [.. run.Asks.Select(a => a.Arrival)],
        Question = [.. run.Asks.Select(a => a.Question)],
        Due = [.. run.Asks.Select(a => a.DueSeconds)],
        Latency = [.. run.Asks.Select(a => a.LatencySeconds)],
        End = [.. run.Asks.Select(a => (int)a.End)],
        Budget = [.. run.Asks.Select(a => a.Budget)],
        Kind = [.. run.Asks.Select(a => (int)a.Kind)],
        Correct = [.. run.Asks.Select(a => a.Correct)],
        Expected = [.. run.Asks.Select(a => a.ExpectedAccuracy)],
    };

    public PolicyRun ToRun(Workload workload)
    {
        if (Workload != workload.Name || Seed != workload.Seed || Arrivals != CheckSum(workload))
        {
            throw new InvalidDataException($"The run of {Policy} was on {Workload} with seed {Seed}, and not on these arrivals of {workload.Name} with seed {workload.Seed}.");
        }

        int[] lengths = [Question.Length, Due.Length, Latency.Length, End.Length, Budget.Length, Kind.Length, Correct.Length, Expected.Length];
        if (lengths.Any(l => l != Arrival.Length))
        {
            throw new JsonException($"The columns of the run of {Policy} on {Workload} differ in length.");
        }

        var asks = Enumerable.Range(0, Arrival.Length).Select(i => new AskRecord(
            Arrival[i], Question[i], Due[i], Latency[i], (AskEndKind)End[i], Budget[i], (QuestionKind)Kind[i], Correct[i], Expected[i]));
        return new() { Policy = Policy, Workload = workload, Asks = [.. asks] };
    }

    /// <summary>FNV-1a over everything that reaches the system and what it was promised.</summary>
    private static string CheckSum(Workload workload)
    {
        var hash = 0xCBF29CE484222325;
        void Add(ulong part) => hash = (hash ^ part) * 0x100000001B3;
        foreach (var stream in workload.Streams)
        {
            Add(BitConverter.DoubleToUInt64Bits(stream.DeadlineSeconds));
            Add((ulong)stream.Range.Floor);
            Add((ulong)stream.Range.Ceiling);
            foreach (var kind in stream.Kinds)
            {
                Add((ulong)kind);
            }
        }

        foreach (var arrival in workload.Arrivals)
        {
            Add(BitConverter.DoubleToUInt64Bits(arrival.AtSeconds));
            Add((ulong)arrival.Stream);
            Add(arrival.Draw);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>One record per question of every arrival, each written once.</summary>
internal sealed class RunLedger
{
    /// <summary>Budget of a record whose ask has not ended.</summary>
    private const int Running = -1;

    private readonly AskRecord[] _records;
    private readonly int[] _first; // by arrival: index of its first question's record

    public RunLedger(Workload workload)
    {
        _first = new int[workload.Arrivals.Length + 1];
        for (var i = 0; i < workload.Arrivals.Length; i++)
        {
            _first[i + 1] = _first[i] + workload.Streams[workload.Arrivals[i].Stream].Kinds.Length;
        }

        _records = new AskRecord[_first[^1]];
        for (var i = 0; i < workload.Arrivals.Length; i++)
        {
            var arrival = workload.Arrivals[i];
            var kinds = workload.Streams[arrival.Stream].Kinds;
            for (var question = 0; question < kinds.Length; question++)
            {
                _records[_first[i] + question] = new AskRecord(i, question, arrival.AtSeconds, double.NaN, AskEndKind.Failed, Running, kinds[question], false, 0);
            }
        }
    }

    /// <summary>Asks that have ended.</summary>
    public int Ended { get; private set; }

    public int Asks => _records.Length;

    /// <summary>Index of the record of an arrival's first question; those of its others follow.</summary>
    public int FirstRecord(int arrival) => _first[arrival];

    /// <summary>An ask has ended without an answer.</summary>
    public void End(int index, AskEndKind end)
    {
        ref var record = ref Close(index);
        record = record with { End = end, Budget = 0 };
    }

    /// <summary>An ask has its answer.</summary>
    public void Answer(int index, AskEndKind end, double latencySeconds, int budget, bool correct, double expectedAccuracy)
    {
        ref var record = ref Close(index);
        record = record with { End = end, LatencySeconds = latencySeconds, Budget = budget, Correct = correct, ExpectedAccuracy = expectedAccuracy };
    }

    /// <summary>Nobody was there to take the frame.</summary>
    public void FailFrame(int arrival)
    {
        for (var index = _first[arrival]; index < _first[arrival + 1]; index++)
        {
            End(index, AskEndKind.Failed);
        }
    }

    /// <summary>The records, in order of arrival and question.</summary>
    /// <exception cref="InvalidOperationException">An ask has not ended.</exception>
    public ImmutableArray<AskRecord> Close() => Ended == _records.Length
        ? ImmutableCollectionsMarshal.AsImmutableArray(_records)
        : throw new InvalidOperationException($"{_records.Length} asks came, {Ended} ended.");

    private ref AskRecord Close(int index)
    {
        ref var record = ref _records[index];
        if (record.Budget != Running)
        {
            throw new InvalidOperationException($"Question {record.Question} of arrival {record.Arrival} ended twice.");
        }

        Ended++;
        return ref record;
    }
}

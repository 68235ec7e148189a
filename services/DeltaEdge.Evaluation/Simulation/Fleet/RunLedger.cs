using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>One record per question of every arrival, each written once.</summary>
internal sealed class RunLedger
{
    private readonly AskRecord[] _records;
    private readonly bool[] _ended;
    private readonly int[] _first; // by arrival: index of its first question's record

    public RunLedger(Workload workload)
    {
        _first = new int[workload.Arrivals.Length + 1];
        for (var i = 0; i < workload.Arrivals.Length; i++)
        {
            _first[i + 1] = _first[i] + workload.Streams[workload.Arrivals[i].Stream].Kinds.Length;
        }

        _records = new AskRecord[_first[^1]];
        _ended = new bool[_records.Length];
        for (var i = 0; i < workload.Arrivals.Length; i++)
        {
            var arrival = workload.Arrivals[i];
            var kinds = workload.Streams[arrival.Stream].Kinds;
            for (var question = 0; question < kinds.Length; question++)
            {
                _records[_first[i] + question] = new AskRecord(i, question, arrival.AtSeconds, double.NaN, AskEndKind.Failed, 0, kinds[question], false, 0);
            }
        }
    }

    /// <summary>Asks that have ended.</summary>
    public int Ended { get; private set; }

    public int Asks => _records.Length;

    /// <summary>An ask has ended without an answer.</summary>
    public void End(int arrival, int question, AskEndKind end)
    {
        ref var record = ref Record(arrival, question);
        record = record with { End = end };
    }

    /// <summary>An ask has its answer.</summary>
    public void Answer(int arrival, int question, AskEndKind end, double latencySeconds, int budget, bool correct, double expectedAccuracy)
    {
        ref var record = ref Record(arrival, question);
        record = record with { End = end, LatencySeconds = latencySeconds, Budget = budget, Correct = correct, ExpectedAccuracy = expectedAccuracy };
    }

    /// <summary>Nobody was there to take the frame.</summary>
    public void FailFrame(int arrival)
    {
        for (var question = 0; question < _first[arrival + 1] - _first[arrival]; question++)
        {
            End(arrival, question, AskEndKind.Failed);
        }
    }

    /// <summary>The records, in order of arrival and question.</summary>
    /// <exception cref="InvalidOperationException">An ask has not ended.</exception>
    public ImmutableArray<AskRecord> Close() => Ended == _records.Length
        ? ImmutableCollectionsMarshal.AsImmutableArray(_records)
        : throw new InvalidOperationException($"{_records.Length} asks came, {Ended} ended.");

    private ref AskRecord Record(int arrival, int question)
    {
        var index = _first[arrival] + question;
        if (_ended[index])
        {
            throw new InvalidOperationException($"Question {question} of arrival {arrival} ended twice.");
        }

        _ended[index] = true;
        Ended++;
        return ref _records[index];
    }
}

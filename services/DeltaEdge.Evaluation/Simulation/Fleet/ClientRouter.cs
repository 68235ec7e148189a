using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Routing;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>
/// The gateway of simulated workers: each ask of a client goes where it is predicted to be answered first, by the code and the reports that
/// a gateway goes by, and once more to another worker if the first is gone. Reports are as old as the last heartbeat; a lost worker's
/// counts until its loss is known, but it refuses connections at once.
/// </summary>
internal sealed class ClientRouter(IReadOnlyList<FrameAt> frames, IEnumerable<WorkerFault> faults, RunLedger ledger) : IClientAsks
{
    private readonly Dictionary<string, SimulatedWorker> _workers = [];
    private readonly AskLedger _sent = new();
    private readonly Dictionary<int, Sending> _inFlight = [];
    private readonly Queue<Sending> _again = new();
    private readonly TimeSpan[] _faults = [.. faults.Select(f => TimeSpan.FromSeconds(f.AtSeconds)).Order()];
    private IReadOnlyList<WorkerReport> _reports = [];
    private int _nextFrame;
    private int _nextFault;

    /// <summary>Whether clients ask anything at all.</summary>
    public bool HasClients => frames.Count > 0;

    /// <summary>A worker that there is.</summary>
    public void Add(SimulatedWorker worker) => _workers.Add(worker.Id, worker);

    /// <summary>Whom it may ask, by what they said of themselves last.</summary>
    public void Learn(IReadOnlyList<WorkerReport> reports) => _reports = reports;

    /// <summary>Runs all workers up to that time, and sends them what clients ask meanwhile.</summary>
    public void RunUntil(TimeSpan until)
    {
        while (true)
        {
            var frame = _nextFrame < frames.Count ? frames[_nextFrame].At : TimeSpan.MaxValue;
            var fault = _nextFault < _faults.Length && HasClients ? _faults[_nextFault] : TimeSpan.MaxValue;
            var now = fault < frame ? fault : frame;
            if (now > until || now == TimeSpan.MaxValue)
            {
                RunAll(until);
                return;
            }

            RunAll(now);
            if (fault <= frame)
            {
                _nextFault++;
            }
            else
            {
                Send(new(frames[_nextFrame++], Failed: null));
            }

            while (_again.TryDequeue(out var again))
            {
                Send(again with { Frame = again.Frame with { At = now } });
            }
        }
    }

    public bool Ended(int record, AskTicket ticket, bool lost)
    {
        _sent.Complete(ticket);
        _inFlight.Remove(record, out var sending);
        if (!lost || sending.Failed is not null)
        {
            return false;
        }

        _again.Enqueue(sending with { Failed = ticket.WorkerId });
        return true;
    }

    private void RunAll(TimeSpan until)
    {
        foreach (var worker in _workers.Values)
        {
            worker.RunUntil(until);
        }
    }

    private void Send(Sending sending)
    {
        var candidates = sending.Failed is null ? _reports : [.. _reports.Where(r => r.WorkerId != sending.Failed)];
        if (candidates.Count == 0)
        {
            ledger.FailFrame(sending.Frame.Arrival);
            return;
        }

        var ticket = _sent.Send(candidates);
        _inFlight[sending.Frame.Record] = sending;
        if (_workers[ticket.WorkerId].Take(sending.Frame, ticket))
        {
            return;
        }

        if (Ended(sending.Frame.Record, ticket, lost: true))
        {
            Send(_again.Dequeue());
        }
        else
        {
            ledger.FailFrame(sending.Frame.Arrival);
        }
    }

    /// <param name="Frame">What is asked.</param>
    /// <param name="Failed">Worker that was asked before and is gone; null at first.</param>
    private readonly record struct Sending(FrameAt Frame, string? Failed);
}

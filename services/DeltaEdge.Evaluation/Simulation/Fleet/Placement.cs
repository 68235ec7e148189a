using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>
/// Which worker a stream is at: the one that weighs most for it of those that are known (rendezvous hashing, Thaler and
/// Ravishankar 1998), so that a lost worker moves no stream but its own. A loss is known after its detection, a return at once.
/// Clients have no worker of their own where there are several: see <see cref="ClientRouter"/>.
/// </summary>
internal static class Placement
{
    private const int Nobody = -1;
    private const int Anybody = -2;

    public static Routes Route(Workload workload, RunLedger ledger, SimulationSettings settings)
    {
        var workers = settings.Workers;
        var known = new bool[workers];
        Array.Fill(known, true);
        var homes = new int[workload.Streams.Length];
        for (var stream = 0; stream < homes.Length; stream++)
        {
            homes[stream] = Heaviest(stream, known);
        }

        var changes = Changes(workload, workers, settings.DetectionSeconds);
        var (arrivals, change) = (workload.Arrivals, 0);
        var to = new int[arrivals.Length];
        var first = new int[workers + 1];
        var (nowhere, roaming) = (new List<int>(), 0);
        for (var i = 0; i < to.Length; i++)
        {
            for (; change < changes.Count && changes[change].AtSeconds <= arrivals[i].AtSeconds; change++)
            {
                Apply(changes[change], known, homes);
            }

            to[i] = workers == 1 || HasHome(workload.Streams[arrivals[i].Stream]) ? homes[arrivals[i].Stream] : Anybody;
            if (to[i] == Nobody)
            {
                nowhere.Add(i);
            }
            else if (to[i] == Anybody)
            {
                roaming++;
            }
            else
            {
                first[to[i] + 1]++;
            }
        }

        for (var worker = 0; worker < workers; worker++)
        {
            first[worker + 1] += first[worker];
        }

        var next = first.ToArray();
        var (frames, clients) = (new FrameAt[first[workers]], new List<FrameAt>(roaming));
        for (var i = 0; i < to.Length; i++)
        {
            if (to[i] == Nobody)
            {
                continue;
            }

            var captured = TimeSpan.FromSeconds(arrivals[i].AtSeconds);
            var at = settings.Pace is { } pace ? captured + TimeSpan.FromSeconds(pace.ApproachAt(arrivals[i].AtSeconds)) : captured;
            var frame = new FrameAt(captured, at, i, ledger.FirstRecord(i), arrivals[i].Stream, arrivals[i].Draw);
            if (to[i] == Anybody)
            {
                clients.Add(frame);
            }
            else
            {
                frames[next[to[i]]++] = frame;
            }
        }

        if (settings.Pace is not null)
        {
            clients.Sort(InOrder);
            for (var worker = 0; worker < workers; worker++)
            {
                frames.AsSpan(first[worker]..first[worker + 1]).Sort(InOrder);
            }
        }

        return new(frames, first, clients, nowhere);
    }

    /// <summary>Whether a stream's frames all go to the worker that owns it.</summary>
    public static bool HasHome(CameraShape shape) => shape is { Placed: true } or { Kinds.Length: > 1 };

    /// <summary>The worker that owns a stream while none is lost.</summary>
    public static int Home(int stream, int workers) => Heaviest(stream, [.. Enumerable.Repeat(true, workers)]);

    private static int InOrder(FrameAt a, FrameAt b) => (a.At, a.Arrival).CompareTo((b.At, b.Arrival));

    /// <summary>Faults as the others learn of them; a loss that is over before it is detected is none.</summary>
    private static List<WorkerFault> Changes(Workload workload, int workers, double detectionSeconds)
    {
        var changes = new List<WorkerFault>();
        for (var i = 0; i < workload.Faults.Length; i++)
        {
            var fault = workload.Faults[i];
            if (fault.Worker >= workers)
            {
                continue;
            }

            var at = fault.Returns ? fault.AtSeconds : fault.AtSeconds + detectionSeconds;
            var back = workload.Faults.Skip(i + 1).Any(f => f.Worker == fault.Worker && f.Returns && f.AtSeconds <= at);
            if (fault.Returns || !back)
            {
                changes.Add(fault with { AtSeconds = at });
            }
        }

        changes.Sort((a, b) => a.AtSeconds.CompareTo(b.AtSeconds));
        return changes;
    }

    private static void Apply(WorkerFault change, bool[] known, int[] homes)
    {
        known[change.Worker] = change.Returns;
        for (var stream = 0; stream < homes.Length; stream++)
        {
            if (!change.Returns && homes[stream] == change.Worker)
            {
                homes[stream] = Heaviest(stream, known);
            }
            else if (change.Returns && (homes[stream] == Nobody || Weight(stream, change.Worker) > Weight(stream, homes[stream])))
            {
                homes[stream] = change.Worker;
            }
        }
    }

    private static int Heaviest(int stream, bool[] known)
    {
        var (best, most) = (Nobody, 0UL);
        for (var worker = 0; worker < known.Length; worker++)
        {
            var weight = Weight(stream, worker);
            if (known[worker] && (best == Nobody || weight > most))
            {
                (best, most) = (worker, weight);
            }
        }

        return best;
    }

    private static ulong Weight(int stream, int worker) => Hashes.Mix(((ulong)stream << 32) | (uint)worker);
}

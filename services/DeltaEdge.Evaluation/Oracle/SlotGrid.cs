using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>The run cut into slots of equal length, each with the engine time that all workers have in it.</summary>
internal sealed class SlotGrid
{
    public SlotGrid(Workload workload, int workers, double slotSeconds)
    {
        SlotSeconds = slotSeconds;
        var end = workload.Arrivals.Max(a => a.AtSeconds + workload.Streams[a.Stream].DeadlineSeconds);
        Capacity = new double[(int)Math.Ceiling(end / slotSeconds) + 1];
        Array.Fill(Capacity, workers * slotSeconds);
        var lost = new Dictionary<int, double>();
        foreach (var fault in workload.Faults.Where(f => f.Worker < workers))
        {
            if (!fault.Returns)
            {
                lost.TryAdd(fault.Worker, fault.AtSeconds);
            }
            else if (lost.Remove(fault.Worker, out var since))
            {
                TakeAway(since, fault.AtSeconds);
            }
        }

        foreach (var since in lost.Values)
        {
            TakeAway(since, Capacity.Length * slotSeconds);
        }
    }

    public double SlotSeconds { get; }

    /// <summary>By slot: seconds of engine time.</summary>
    public double[] Capacity { get; }

    public SlotWindow Window(Workload workload, in FrameArrival arrival)
    {
        var deadline = arrival.AtSeconds + workload.Streams[arrival.Stream].DeadlineSeconds;
        var last = SlotAt(deadline);
        return new(arrival.AtSeconds, deadline, SlotSeconds, SlotAt(arrival.AtSeconds), last * SlotSeconds < deadline ? last : last - 1);
    }

    public int SlotAt(double seconds) => Math.Min((int)(seconds / SlotSeconds), Capacity.Length - 1);

    private void TakeAway(double from, double to)
    {
        for (var slot = SlotAt(from); slot < Capacity.Length && slot * SlotSeconds < to; slot++)
        {
            var overlap = Math.Min(to, (slot + 1) * SlotSeconds) - Math.Max(from, slot * SlotSeconds);
            Capacity[slot] -= Math.Max(0, overlap);
        }
    }
}

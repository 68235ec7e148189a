using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>All frames of a workload at a price for each slot: what each gains.</summary>
internal sealed class PricedFrames
{
    private readonly Workload _workload;
    private readonly SlotGrid _slots;
    private readonly FrameChoice[][] _choices; // by stream
    private readonly int[] _order; // scratch: slots of one window by price
    private readonly double[] _room; // scratch: seconds of the window in them

    public PricedFrames(Workload workload, FrameChoices choices, SlotGrid slots)
    {
        (_workload, _slots) = (workload, slots);
        _choices = choices.ByStream(workload);
        var longest = (int)Math.Ceiling(workload.Streams.Max(s => s.DeadlineSeconds) / slots.SlotSeconds) + 2;
        (_order, _room) = (new int[longest], new double[longest]);
    }

    /// <summary>Sum over all frames of value less price.</summary>
    public double Gain(ReadOnlySpan<double> prices)
    {
        var gain = 0d;
        foreach (ref readonly var arrival in _workload.Arrivals.AsSpan())
        {
            gain += Gain(arrival, prices);
        }

        return gain;
    }

    private double Gain(in FrameArrival arrival, ReadOnlySpan<double> prices)
    {
        var count = Window(arrival, prices);
        var most = 0d;
        var choices = _choices[arrival.Stream];
        var (slot, before, cost) = (0, 0d, 0d);
        for (var i = 0; i < choices.Length; i++)
        {
            // Choices come cheapest first, so what the one before filled stays filled.
            while (slot < count && before + _room[slot] < choices[i].Seconds - SlotWindow.Dust)
            {
                cost += _room[slot] * prices[_order[slot]];
                before += _room[slot++];
            }

            if (slot == count)
            {
                break; // It does not fit into its window at all.
            }

            var net = choices[i].Value - cost - ((choices[i].Seconds - before) * prices[_order[slot]]);
            most = Math.Max(most, net);
        }

        return most;
    }

    /// <summary>The slots between capture and deadline, cheapest first.</summary>
    private int Window(in FrameArrival arrival, ReadOnlySpan<double> prices)
    {
        var window = _slots.Window(_workload, arrival);
        var count = 0;
        for (var slot = window.First; slot <= window.Last; slot++)
        {
            var at = count++;
            for (; at > 0 && prices[_order[at - 1]] > prices[slot]; at--)
            {
                (_order[at], _room[at]) = (_order[at - 1], _room[at - 1]);
            }

            (_order[at], _room[at]) = (slot, window.Room(slot));
        }

        return count;
    }
}

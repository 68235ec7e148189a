using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>All frames of a workload at a price for each slot: what each gains, and where it takes its engine time.</summary>
internal sealed class PricedFrames
{
    /// <summary>Seconds that are lost in adding up fractions: a frame that fills its window to the last moment still fits.</summary>
    private const double Dust = 1e-9;

    private readonly Workload _workload;
    private readonly SlotGrid _slots;
    private readonly FrameChoice[][] _choices; // by stream
    private readonly int[] _order; // scratch: slots of one window by price
    private readonly double[] _room; // scratch: seconds of the window in them

    public PricedFrames(Workload workload, FrameChoices choices, SlotGrid slots)
    {
        (_workload, _slots) = (workload, slots);
        var made = new Dictionary<string, FrameChoice[]>();
        _choices = [.. workload.Streams.Select(shape =>
        {
            var key = FormattableString.Invariant($"{shape.Range.Floor}-{shape.Range.Ceiling}|{string.Join(',', shape.Kinds)}");
            return made.TryGetValue(key, out var known) ? known : made[key] = choices.Of(shape);
        })];
        var longest = (int)Math.Ceiling(workload.Streams.Max(s => s.DeadlineSeconds) / slots.SlotSeconds) + 2;
        (_order, _room) = (new int[longest], new double[longest]);
    }


    /// <summary>Sum over all frames of value less price; what they use is added by slot, seconds.</summary>
    public double Gain(ReadOnlySpan<double> prices, Span<double> used)
    {
        var gain = 0d;
        foreach (ref readonly var arrival in _workload.Arrivals.AsSpan())
        {
            gain += Gain(arrival, prices, used);
        }

        return gain;
    }

    private double Gain(in FrameArrival arrival, ReadOnlySpan<double> prices, Span<double> used)
    {
        var count = Window(arrival, prices);
        var (best, most) = (-1, 0d);
        var choices = _choices[arrival.Stream];
        var (slot, before, cost) = (0, 0d, 0d);
        for (var i = 0; i < choices.Length; i++)
        {
            // Choices come cheapest first, so what the one before filled stays filled.
            while (slot < count && before + _room[slot] < choices[i].Seconds - Dust)
            {
                cost += _room[slot] * prices[_order[slot]];
                before += _room[slot++];
            }

            if (slot == count)
            {
                break; // It does not fit into its window at all.
            }

            var net = choices[i].Value - cost - ((choices[i].Seconds - before) * prices[_order[slot]]);
            (best, most) = net > most ? (i, net) : (best, most);
        }

        var left = best < 0 ? 0 : choices[best].Seconds;
        for (var i = 0; left > Dust; i++)
        {
            var taken = Math.Min(left, _room[i]);
            used[_order[i]] += taken;
            left -= taken;
        }

        return most;
    }

    /// <summary>The slots between capture and deadline, cheapest first. A frame is at one worker, so it gets no more of a slot than its length.</summary>
    private int Window(in FrameArrival arrival, ReadOnlySpan<double> prices)
    {
        var deadline = arrival.AtSeconds + _workload.Streams[arrival.Stream].DeadlineSeconds;
        var count = 0;
        for (var slot = _slots.SlotAt(arrival.AtSeconds); slot < prices.Length && slot * _slots.SlotSeconds < deadline; slot++)
        {
            var room = Math.Min(deadline, (slot + 1) * _slots.SlotSeconds) - Math.Max(arrival.AtSeconds, slot * _slots.SlotSeconds);
            var at = count++;
            for (; at > 0 && prices[_order[at - 1]] > prices[slot]; at--)
            {
                (_order[at], _room[at]) = (_order[at - 1], _room[at - 1]);
            }

            (_order[at], _room[at]) = (slot, room);
        }

        return count;
    }
}

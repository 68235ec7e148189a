namespace DeltaEdge.Core.Planning.Allocation;

/// <summary>
/// Shares engine seconds out among individual streams: the greatest sum of weighted accuracy whose load fits. Greedy ascent on every
/// stream's <see cref="ConcaveHull"/>, which is the optimum of the linear relaxation and so within the last step of the integer one
/// (multiple-choice knapsack; Sinha and Zoltners 1979).
/// <para>
/// Steps are not sorted: they are summed by price in the buckets of <see cref="PriceScale"/>, and a plan is one pass over the buckets.
/// A stream that changes takes its steps out and puts others in. Costs are whole numbers, so sums do not drift: a plan after any
/// history of changes is the plan from scratch. Not safe for concurrent use.
/// </para>
/// </summary>
public sealed class BudgetAllocator
{
    /// <summary>Units of cost per engine second: 2^40, so that a sum can hold the load of eight million engines.</summary>
    private const double UnitsPerSecond = 1L << 40;

    private readonly int _width;
    private readonly long[] _byPrice = new long[PriceScale.Count];
    private readonly HullStep[] _scratch;

    // By stream, and by (stream, step): steps that a stream does not have are bucket 0.
    private long[] _base;
    private byte[] _start;
    private ushort[] _price;
    private long[] _cost;
    private byte[] _rung;
    private long _baseSum;

    // The last plan: a step is taken above the threshold, and at it up to the cut.
    private int _threshold = PriceScale.Count;
    private int _cut;

    /// <param name="rungs">Rungs of the ladder, 1 to 64.</param>
    /// <param name="capacity">Streams to make room for at once.</param>
    public BudgetAllocator(int rungs, int capacity = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rungs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rungs, 64);
        _width = rungs - 1;
        _scratch = new HullStep[rungs];
        _base = new long[capacity];
        _start = new byte[capacity];
        _price = new ushort[capacity * _width];
        _cost = new long[capacity * _width];
        _rung = new byte[capacity * _width];
    }

    /// <summary>Streams; their numbers are 0 to this, less one.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a stream and gives its number.</summary>
    public int Add(in StreamDemand demand)
    {
        if (Count == _base.Length)
        {
            Grow();
        }

        Put(Count, demand);
        return Count++;
    }

    /// <summary>Replaces what a stream asks for. One that left asks for 0 frames per second.</summary>
    public void Change(int stream, in StreamDemand demand)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stream, (uint)Count, nameof(stream));
        _baseSum -= _base[stream];
        for (var i = stream * _width; i < (stream + 1) * _width && _price[i] != 0; i++)
        {
            _byPrice[_price[i]] -= _cost[i];
        }

        Put(stream, demand);
    }

    /// <summary>Plans all streams within a budget.</summary>
    /// <param name="engineSeconds">Engine seconds per second that may be used: capacity times the wanted utilisation.</param>
    public AllocatedLoad Plan(double engineSeconds)
    {
        var left = (long)Math.Min(long.MaxValue / 2d, engineSeconds * UnitsPerSecond) - _baseSum;
        var fits = left >= 0;
        var budget = left;
        _threshold = fits ? PriceScale.Count - 1 : PriceScale.Count;
        _cut = 0;
        for (; fits && _threshold > 0 && _byPrice[_threshold] <= left; _threshold--)
        {
            left -= _byPrice[_threshold];
        }

        if (fits && _threshold > 0)
        {
            left -= TakeAtThreshold(left);
        }

        return new(_threshold == 0 ? 0 : PriceScale.LowerEdge(_threshold), (_baseSum + (fits ? budget - left : 0)) / UnitsPerSecond, fits);
    }

    /// <summary>A stream's rung in the last plan; its cheapest before there was one.</summary>
    public int RungOf(int stream)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)stream, (uint)Count, nameof(stream));
        int rung = _start[stream];
        for (var i = stream * _width; i < (stream + 1) * _width; i++)
        {
            if (_price[i] == 0 || _price[i] < _threshold || (_price[i] == _threshold && i >= _cut))
            {
                break;
            }

            rung = _rung[i];
        }

        return rung;
    }

    /// <summary>Takes the threshold's steps in order of stream until one does not fit. Gives their cost.</summary>
    private long TakeAtThreshold(long left)
    {
        var taken = 0L;
        var prices = _price.AsSpan(0, Count * _width);
        var threshold = (ushort)_threshold;
        while (true)
        {
            var next = prices[_cut..].IndexOf(threshold);
            if (next < 0 || taken + _cost[_cut + next] > left)
            {
                return taken;
            }

            taken += _cost[_cut + next];
            _cut += next + 1;
        }
    }

    private void Put(int stream, in StreamDemand demand)
    {
        var count = ConcaveHull.Steps(demand.Values, demand.Seconds, demand.First, demand.Last, _scratch, out var start);
        var (at, units) = (stream * _width, demand.FramesPerSecond * UnitsPerSecond);
        _start[stream] = (byte)start;
        _base[stream] = (long)Math.Ceiling((demand.FixedSeconds + demand.Seconds[start]) * units);
        _baseSum += _base[stream];
        for (var i = 0; i < _width; i++, at++)
        {
            if (i >= count)
            {
                _price[at] = 0;
                continue;
            }

            _price[at] = PriceScale.Of(_scratch[i].Slope);
            _cost[at] = (long)Math.Ceiling(_scratch[i].Seconds * units);
            _rung[at] = (byte)_scratch[i].Rung;
            _byPrice[_price[at]] += _cost[at];
        }
    }

    private void Grow()
    {
        var size = Math.Max(16, 2 * _base.Length);
        Array.Resize(ref _base, size);
        Array.Resize(ref _start, size);
        Array.Resize(ref _price, size * _width);
        Array.Resize(ref _cost, size * _width);
        Array.Resize(ref _rung, size * _width);
    }
}

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>
/// Lowers the bound: first one price for the whole run, then by projected subgradient with Polyak's step towards a target just below
/// the best bound so far; the target comes closer whenever it was not reached for a while.
/// </summary>
internal sealed class PriceSearch(PricedFrames frames, SlotGrid slots)
{
    private const int UniformRounds = 24;
    private const int MostRounds = 600;
    private const int Patience = 12;

    /// <summary>Shares of the bound that the target lies below it: at first, and when the search ends.</summary>
    private const double FirstAim = 0.05;
    private const double LastAim = 0.0005;

    private readonly double[] _used = new double[slots.Capacity.Length];
    private readonly double[] _prices = new double[slots.Capacity.Length];
    private readonly double[] _bestPrices = new double[slots.Capacity.Length];

    /// <summary>The lowest bound found, in answers.</summary>
    public double Minimise(CancellationToken cancellationToken)
    {
        var best = Uniform();
        var aim = FirstAim;
        for (var (round, stale) = (0, 0); round < MostRounds && aim >= LastAim; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bound = Bound();
            if (bound < best * (1 - (aim / 20)))
            {
                stale = 0;
            }
            else if (++stale >= Patience)
            {
                (aim, stale) = (aim / 2, 0);
                _bestPrices.CopyTo(_prices, 0);
                bound = Bound();
            }

            if (bound < best)
            {
                best = bound;
                _prices.CopyTo(_bestPrices, 0);
            }

            if (!Step(bound - (best * (1 - aim))))
            {
                break; // All of it is wanted and nothing else: the bound is exact.
            }
        }

        return best;
    }

    /// <summary>One price for all slots, by golden section on its logarithm; leaves the best one in place.</summary>
    private double Uniform()
    {
        Array.Clear(_prices);
        var (best, bestPrice) = (Bound(), 0d);
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(1e-3), Math.Log(1e4));
        for (var i = 0; i < UniformRounds; i++)
        {
            var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
            var (atLeft, atRight) = (BoundAt(left), BoundAt(right));
            (best, bestPrice) = atLeft < best ? (atLeft, Math.Exp(left)) : (best, bestPrice);
            (best, bestPrice) = atRight < best ? (atRight, Math.Exp(right)) : (best, bestPrice);
            (low, high) = atLeft < atRight ? (low, right) : (left, high);
        }

        Array.Fill(_prices, bestPrice);
        _prices.CopyTo(_bestPrices, 0);
        return best;

        double BoundAt(double logarithm)
        {
            Array.Fill(_prices, Math.Exp(logarithm));
            return Bound();
        }
    }

    private double Bound()
    {
        Array.Clear(_used);
        var bound = frames.Gain(_prices, _used);
        for (var slot = 0; slot < _prices.Length; slot++)
        {
            bound += slots.Capacity[slot] * _prices[slot];
        }

        return bound;
    }

    /// <summary>Moves the prices against the slope so far that a linear bound would fall by that much; false at a level place.</summary>
    private bool Step(double fall)
    {
        var norm = 0d;
        for (var slot = 0; slot < _prices.Length; slot++)
        {
            var slope = Slope(slot);
            norm += slope * slope;
        }

        if (norm <= 0)
        {
            return false;
        }

        for (var slot = 0; slot < _prices.Length; slot++)
        {
            _prices[slot] = Math.Max(0, _prices[slot] - (fall / norm * Slope(slot)));
        }

        return true;
    }

    /// <summary>What the bound rises by with this slot's price; none where a free slot could only get cheaper.</summary>
    private double Slope(int slot)
    {
        var slope = slots.Capacity[slot] - _used[slot];
        return slope > 0 && _prices[slot] <= 0 ? 0 : slope;
    }
}

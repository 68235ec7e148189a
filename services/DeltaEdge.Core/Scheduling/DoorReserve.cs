using DeltaEdge.Core.Sla;

namespace DeltaEdge.Core.Scheduling;

/// <summary>
/// Keeps room in a full queue for heavier SLA classes, so that the lightest is refused first: a class may count on its whole slack
/// less a tenth for every heavier weight that asked within the last seconds. A class that is alone gives nothing away. Guarded by the
/// scheduler's lock.
/// </summary>
/// <param name="classes">Weights; null keeps no room for anybody.</param>
public sealed class DoorReserve(SlaCatalog? classes)
{
    private const double Step = 0.1;
    private const double Least = 0.5;
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly double[] _weights = classes is null ? [] : [.. classes.Classes.Select(c => c.Weight).Distinct().OrderDescending()];
    private readonly TimeSpan?[] _asked = new TimeSpan?[classes?.Classes.Length ?? 0];

    /// <summary>Share of its slack and of the queue that an ask may count on, 0.5 to 1; notes that its class asked.</summary>
    /// <param name="slaClass">Name; one that is not known counts as heaviest and is not noted.</param>
    /// <param name="now">Time of the call.</param>
    public double Share(string slaClass, TimeSpan now)
    {
        var rank = classes?.Find(slaClass) is { } found ? Array.IndexOf(_weights, found.Weight) : -1;
        if (rank < 0)
        {
            return 1;
        }

        _asked[rank] = now;
        var heavier = 0;
        for (var i = 0; i < rank; i++)
        {
            heavier += _asked[i] is { } at && now - at <= Memory ? 1 : 0;
        }

        return Math.Max(Least, 1 - (Step * heavier));
    }
}

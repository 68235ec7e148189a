using System.Collections.Immutable;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Pumping;

namespace DeltaEdge.Delivery;

/// <summary>How delivery goes, for whoever shows it.</summary>
public sealed class DeliveryStates
{
    private readonly TargetPumps _pumps;

    internal DeliveryStates(TargetPumps pumps) => _pumps = pumps;

    /// <summary>One for each target, in their order; a target that nothing was sent to yet is well.</summary>
    public ImmutableArray<DeliveryStatus> Of(ImmutableArray<DeliveryTarget> targets) => [.. targets.Select(Of)];

    private DeliveryStatus Of(DeliveryTarget target)
    {
        var url = target.Redacted().Url;
        if (_pumps.Find(target) is not { } pump)
        {
            return new(target.Type, url, DeliveryStatus.Ok, 0, 0, null);
        }

        var (attempts, refused, reason) = pump.LastTrouble;
        var state = refused ? DeliveryStatus.Refusing : attempts > 0 ? DeliveryStatus.Failing : DeliveryStatus.Ok;
        return new(target.Type, url, state, pump.Outbox.Count, attempts, reason);
    }
}

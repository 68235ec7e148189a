using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.UnitTests.Core.Policies;

/// <summary>One call of a serving policy: an arrival, an end, or a choice; the two others are null.</summary>
internal sealed record PolicyCall(AskArrival? Arrival, AskEnd? End, PendingGroup[]? Queue, TimeSpan Now, LatencyProfile Profile, int ActiveRows, bool Pressed, double Price)
{
    /// <summary>What the policy says; null to an end.</summary>
    public object? On(IServingPolicy policy)
    {
        if (Arrival is { } arrival)
        {
            return policy.LetsIn(arrival);
        }

        if (End is { } end)
        {
            policy.Ended(end);
            return null;
        }

        return policy.Choose(new() { Now = Now, Queue = Queue, Profile = Profile, ActiveRows = ActiveRows, Pressed = Pressed, Price = Price });
    }
}

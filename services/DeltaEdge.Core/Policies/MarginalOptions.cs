namespace DeltaEdge.Core.Policies;

/// <summary>Parts of <see cref="MarginalPolicy"/>, so that an ablation can leave one out.</summary>
public sealed record MarginalOptions
{
    public string Name { get; init; } = MarginalPolicy.PolicyName;

    /// <summary>Predicted seconds are multiplied by this before they are held against a deadline.</summary>
    public double Safety { get; init; } = 1.15;

    /// <summary>Whether the queue's slack raises the price; without it the plan's price alone decides.</summary>
    public bool FastLoop { get; init; } = true;

    /// <summary>Whether the controller's plan and the kinds' floors hold.</summary>
    public bool FollowPlan { get; init; } = true;
}

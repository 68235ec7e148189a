namespace DeltaEdge.Core.Policies;

/// <summary>Parts of <see cref="MarginalPolicy"/>, so that an ablation can leave one out.</summary>
public sealed record MarginalOptions
{
    public string Name { get; init; } = MarginalPolicy.PolicyName;

    /// <summary>Predicted seconds are multiplied by this before they are held against a deadline.</summary>
    public double Safety { get; init; } = 1.15;

    /// <summary>
    /// Share of each deadline's slack that the queue may fill with more than everyone's least; the rest is kept for who comes next.
    /// </summary>
    public double SlackShare { get; init; } = 0.3;

    /// <summary>
    /// Highest price, as a share of what an ask like those that wait gains per second at its best: beyond 1 an answer to one more ask
    /// would be worth less than what the others give up for it.
    /// </summary>
    public double PriceCap { get; init; } = 1;

    /// <summary>Whether the queue's slack raises the price; without it the plan's price alone decides.</summary>
    public bool FastLoop { get; init; } = true;
}

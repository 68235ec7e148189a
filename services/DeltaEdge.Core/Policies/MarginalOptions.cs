namespace DeltaEdge.Core.Policies;

/// <summary>Parts of <see cref="MarginalPolicy"/>, so that an ablation can leave one out.</summary>
public sealed record MarginalOptions
{
    public string Name { get; init; } = MarginalPolicy.PolicyName;

    /// <summary>Predicted seconds are multiplied by this before they are held against a deadline.</summary>
    public double Safety { get; init; } = 1.15;

    /// <summary>Share of each deadline's slack that the queue may fill before engine time has any price; the rest is for who comes next.</summary>
    public double FreeShare { get; init; } = 0.1;

    /// <summary>
    /// Share of the slack over which the price grows e-fold towards its cap: the smaller, the later and the steeper. A queue with
    /// negative drift that fills a share w of its slack fills all of it before it empties with a probability that is exponential in w
    /// (the hitting probability of a Brownian motion with drift), so that is the shape of what a second is worth.
    /// </summary>
    public double Softness { get; init; } = 0.2;

    /// <summary>
    /// Highest price, as a share of what an ask like those that wait gains per second at its best: beyond 1 an answer to one more ask
    /// would be worth less than what the others give up for it.
    /// </summary>
    public double PriceCap { get; init; } = 1;

    /// <summary>Whether the queue's slack and refusals raise the price; without it the plan's price alone decides.</summary>
    public bool FastLoop { get; init; } = true;

    /// <summary>Who may wait; <see cref="DoorRule.Predicted"/> refuses by arrival what would be late, whatever it is worth.</summary>
    public DoorRule Door { get; init; } = DoorRule.Yielding;

    /// <summary>
    /// Share of each deadline's slack that the queue may fill at a price: the inverse of price/cap = (e^((w - free) / s) - 1) /
    /// (e^((1 - free) / s) - 1). <see cref="FreeShare"/> at no price, everything at the cap.
    /// </summary>
    /// <param name="price">As a share of its cap, 0 to 1.</param>
    public double SlackShareAt(double price) => FreeShare + (Softness * Math.Log(1 + (price * (Math.Exp((1 - FreeShare) / Softness) - 1))));
}

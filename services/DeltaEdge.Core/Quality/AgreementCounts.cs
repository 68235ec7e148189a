namespace DeltaEdge.Core.Quality;

/// <summary>
/// How often one budget's answers agree with the reference budget's: a Beta posterior whose prior is what the model's profile
/// says, worth <see cref="PriorProbes"/> probes. Old probes are forgotten exponentially, so that it follows a scene that changes.
/// </summary>
/// <param name="Prior">Agreement expected before any probe, 0 to 1.</param>
/// <param name="Agreed">Probes that agreed, faded.</param>
/// <param name="Probes">Probes, faded; at most <see cref="Memory"/>.</param>
public readonly record struct AgreementCounts(double Prior, double Agreed = 0, double Probes = 0)
{
    /// <summary>Probes that the prior is worth.</summary>
    public const double PriorProbes = 20;

    /// <summary>Probes after which one has lost 63 % of its weight.</summary>
    public const double Memory = 200;

    /// <summary>Standard deviations from mean to bound: 95 % of a normal posterior lies above the lower one.</summary>
    private const double Deviations = 1.645;

    /// <summary>The posterior's mean.</summary>
    public double Mean => ((Prior * PriorProbes) + Agreed) / (PriorProbes + Probes);

    public double LowerBound => Math.Max(0, Mean - Spread);

    public double UpperBound => Math.Min(1, Mean + Spread);

    /// <summary>Half the width of the credible interval, by the normal approximation of the Beta posterior.</summary>
    private double Spread => Deviations * Math.Sqrt(Mean * (1 - Mean) / (PriorProbes + Probes + 1));

    public AgreementCounts With(bool agrees)
    {
        const double Keep = 1 - (1 / Memory);
        return this with { Agreed = (Agreed * Keep) + (agrees ? 1 : 0), Probes = (Probes * Keep) + 1 };
    }
}

namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>
/// W5: a day of public messages pressed into one run, made by ourselves; not the Twitter trace. Its shape has what was measured on
/// the traces of Proteus (ASPLOS'24): the busiest second about four times the mean, the quietest far below it, and intervals with a
/// squared coefficient of variation between 2 and 4. Poisson within each second.
/// </summary>
internal static class DiurnalTrace
{
    private const double UsualLoad = 1.2;
    private const double Swing = 0.75;
    private const double NoiseSigma = 0.4;
    private const double NoiseMemory = 0.6;
    private const double BurstChance = 1.0 / 40;
    private const double BurstFactor = 2.2;
    private const int LongestBurst = 4;
    private const double MostOverMean = 4.5;

    public static IEnumerable<string> Names => ["w5-diurnal"];

    public static Workload? Find(string name, WorkloadSettings settings)
    {
        if (WorkloadName.Numbers(name, "w5-diurnal", ("rho", UsualLoad)) is not [var rho])
        {
            return null;
        }

        var draws = new Draws(settings.Seed, name);
        var shape = Shape(draws, settings.DurationSeconds);
        var scale = rho * settings.CapacityPerSecond / shape.Average();
        var times = ArrivalTimes.Poisson(draws, [.. shape.Select(s => s * scale)]).TakeWhile(at => at < settings.DurationSeconds);
        var description = FormattableString.Invariant($"A day's swing with noise and bursts, {rho} times the capacity on average. Synthetic.");
        return Clients.Build(name, description, settings, times);
    }

    /// <summary>Relative rate of each second.</summary>
    private static double[] Shape(Draws draws, double duration)
    {
        var shape = new double[(int)Math.Ceiling(duration)];
        var noise = NoiseSigma * draws.Normal();
        var burstUntil = 0;
        for (var second = 0; second < shape.Length; second++)
        {
            noise = (NoiseMemory * noise) + (NoiseSigma * Math.Sqrt(1 - (NoiseMemory * NoiseMemory)) * draws.Normal());
            burstUntil = draws.Uniform() < BurstChance ? second + 1 + draws.Below(LongestBurst) : burstUntil;
            var day = 1 - (Swing * Math.Cos(2 * Math.PI * (second + 0.5) / duration));
            shape[second] = Math.Min(MostOverMean, day * Math.Exp(noise) * (second < burstUntil ? BurstFactor : 1));
        }

        return shape;
    }
}

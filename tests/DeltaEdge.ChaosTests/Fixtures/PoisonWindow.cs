namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>A stretch of time with or without poisoned cameras.</summary>
/// <param name="Latencies">Of the healthy cameras' answers, milliseconds from capture to answer, rising.</param>
/// <param name="Processor">Seconds of processor time of all processes of the cluster.</param>
internal sealed record PoisonWindow(double[] Latencies, double Processor)
{
    public double ProcessorPerAnswer => Processor / Latencies.Length;
}

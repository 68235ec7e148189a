using System.Globalization;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Simulate;

/// <summary>Turns a workload of few clients into one of as many streams as wanted: the same times, spread over all of them.</summary>
internal static class SimulatedFleetLoad
{
    /// <summary>Streams take the shapes of the workload's in turn; arrivals go to them in a scattered order that is the same every time.</summary>
    public static Workload Spread(Workload workload, int streams)
    {
        var shapes = workload.Streams;
        var step = StepFor(streams);
        return workload with
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{workload.Description} Spread over {streams} streams; what they ask together stands for the capacity."),
            Streams = [.. Enumerable.Range(0, streams).Select(i => shapes[i % shapes.Length] with { Id = string.Create(CultureInfo.InvariantCulture, $"stream-{i}"), Placed = true })],
            Arrivals = [.. workload.Arrivals.Select((arrival, i) => arrival with { Stream = (int)((long)i * step % streams) })],
        };
    }

    /// <summary>A step near the golden section that has no divisor with the number of streams, so that each gets as many arrivals.</summary>
    private static long StepFor(int streams)
    {
        var step = Math.Max(1, (long)(streams * 0.618));
        while (Divisor(step, streams) > 1)
        {
            step++;
        }

        return step;
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}

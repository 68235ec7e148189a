using System.Globalization;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>Processor time of a process and everything that it has started, living or waited for, from /proc.</summary>
internal static class ProcessorTime
{
    // USER_HZ: what /proc counts in on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds so far; 0 for a process that has ended.</summary>
    public static double OfTree(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var own = fields[11..15].Sum(f => long.Parse(f, CultureInfo.InvariantCulture)) / TicksPerSecond;
            return own + ProcessSample.ChildrenOf(processId).Sum(OfTree);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

using System.Globalization;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>What a process holds, from /proc.</summary>
/// <param name="ResidentMiB">Resident memory.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Children">Direct child processes.</param>
internal sealed record ProcessSample(double ResidentMiB, int Handles, int Threads, int Children)
{
    /// <summary>Null if the process has ended.</summary>
    public static ProcessSample? Of(int processId)
    {
        try
        {
            var status = File.ReadAllLines($"/proc/{processId}/status");
            return new ProcessSample(
                Number(status, "VmRSS:") / 1024,
                Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length,
                (int)Number(status, "Threads:"),
                ChildrenOf(processId).Length);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The process has ended.</exception>
    public static int[] ChildrenOf(int processId) =>
    [
        .. Directory.GetDirectories($"/proc/{processId}/task")
            .SelectMany(t => File.ReadAllText(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
    ];

    private static double Number(string[] status, string name) =>
        double.Parse(status.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}

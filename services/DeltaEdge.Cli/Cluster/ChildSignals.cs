using System.Diagnostics;
using System.Globalization;

namespace DeltaEdge.Cli.Cluster;

/// <summary>POSIX signals to a child.</summary>
internal static class ChildSignals
{
    public const string Terminate = "TERM";
    public const string Kill = "KILL";
    public const string Pause = "STOP";
    public const string Continue = "CONT";

    /// <param name="processId">Who gets it; nothing happens if it has ended.</param>
    /// <param name="signal">Name without SIG.</param>
    public static void Send(int processId, string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }
}

using System.Diagnostics;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>What an operator or an orchestrator does to processes.</summary>
internal static class Signals
{
    public static void Stop(Process process) => Send("-STOP", process);

    public static void Continue(Process process) => Send("-CONT", process);

    public static void Terminate(Process process) => Send("-TERM", process);

    private static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}

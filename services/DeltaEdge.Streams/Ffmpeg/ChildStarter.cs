using System.Collections.Concurrent;
using System.Diagnostics;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>
/// Starts all children from one thread that lives as long as the process. The kernel's parent-death signal is about the thread that
/// forked: a child that a thread of the pool started would be killed when the pool lets that thread go.
/// </summary>
internal static class ChildStarter
{
    private static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Wanted = [];

    static ChildStarter() => new Thread(Run) { IsBackground = true, Name = "child-starter" }.Start();

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be run.</exception>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Wanted.Add((start, started));
        return started.Task;
    }

    private static void Run()
    {
        foreach (var (start, started) in Wanted.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
#pragma warning disable CA1031 // Whoever wanted the child gets the exception; the thread goes on for the others.
            catch (Exception e)
#pragma warning restore CA1031
            {
                started.SetException(e);
            }
        }
    }
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>
/// How much a reader may have of a processor that others want too. It takes half a second of one to its first frame, for which people
/// and a failover wait; afterwards a frame that is read a little late costs freshness, while an answer that is late is lost.
/// </summary>
internal static class ReaderPriority
{
    /// <summary>Niceness of a reader that is starting: a third of an ordinary process's weight.</summary>
    public const int Starting = 5;

    /// <summary>Niceness of a reader that has shown a frame: a tenth.</summary>
    public const int Running = 10;

    private const int OneThread = 0; // PRIO_PROCESS, which Linux reads as one thread.

    /// <summary>Puts every thread of a process behind; those that it starts later follow. Nothing if it has ended.</summary>
    public static void StepBack(int processId)
    {
        try
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{processId}/task"))
            {
                var id = uint.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture);
                if (GetPriority(OneThread, id) < Running)
                {
                    _ = SetPriority(OneThread, id, Running);
                }
            }
        }
        catch (IOException)
        {
            // It has ended: whoever reads it will say so.
        }
    }

#pragma warning disable SYSLIB1054 // Numbers need no generated marshalling, and the project no unsafe code.
    [DllImport("libc", EntryPoint = "getpriority", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetPriority(int which, uint who);

    [DllImport("libc", EntryPoint = "setpriority", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);
#pragma warning restore SYSLIB1054
}

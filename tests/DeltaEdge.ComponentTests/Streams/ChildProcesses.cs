using System.Diagnostics;
using System.Text;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Looks in /proc for the ffmpeg that reads a file, to hurt it.</summary>
internal static class ChildProcesses
{
    /// <summary>Ids of the ffmpeg processes that have this text on their command line.</summary>
    public static int[] Reading(string path) =>
        [.. Directory.GetDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0).Where(id => id > 0 && IsReading(id, path))];

    public static async Task SignalAsync(int processId, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{processId}"]);
        await kill.WaitForExitAsync();
    }

    private static bool IsReading(int id, string path)
    {
        try
        {
            var command = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/cmdline"));
            return command.StartsWith("ffmpeg\0", StringComparison.Ordinal) && command.Contains(path, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using System.ComponentModel;
using System.Globalization;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>
/// The command line that starts a program bounded: util-linux's setpriv asks the kernel to kill it when the thread that started it
/// ends, prlimit bounds its data memory, nice puts it behind the engine where both want the processor, and each then becomes the next.
/// </summary>
internal static class ChildBounds
{
    public const string Program = "setpriv";

    private const int FileNotFound = 2; // ENOENT

    /// <exception cref="Win32Exception">The program is not there.</exception>
    public static IEnumerable<string> Wrap(string program, IEnumerable<string> arguments, int memoryMb)
    {
        if (!Exists(program))
        {
            throw new Win32Exception(FileNotFound);
        }

        var bytes = ((long)memoryMb * 1024 * 1024).ToString(CultureInfo.InvariantCulture);
        return ["--pdeathsig", "KILL", "--", "prlimit", $"--data={bytes}:{bytes}", "--", "nice", "-n", $"{ReaderPriority.Starting}", "--", program, .. arguments];
    }

    // Looked for here, because setpriv would only say so in its own words.
    private static bool Exists(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

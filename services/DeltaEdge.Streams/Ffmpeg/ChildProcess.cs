using System.ComponentModel;
using System.Diagnostics;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>
/// A child that writes to a pipe of ours. Disposing it kills it and waits, but not for ever. If this process dies, however it dies, the
/// kernel kills the child. The child's data memory is bounded.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>What a shell gives for a child that was killed.</summary>
    private const int Killed = 137;

    private readonly Process _process;
    private readonly Action<int> _onLingering;
    private readonly StderrTail _errors = new();
    private readonly Task _errorPump;

    private ChildProcess(Process process, Action<int> onLingering)
    {
        (_process, _onLingering) = (process, onLingering);
        Output = process.StandardOutput.BaseStream;
        _errorPump = _errors.PumpAsync(process.StandardError);
    }

    public int Id => _process.Id;

    public Stream Output { get; }

    /// <param name="program">Name or path of the program.</param>
    /// <param name="arguments">Its command line, which other users of this machine can read.</param>
    /// <param name="memoryMb">MiB of data memory that it may have.</param>
    /// <param name="onLingering">Told the id of a child that was killed and is still there: its end is not waited for any more.</param>
    /// <param name="input">What it reads from its standard input: nobody else can read it.</param>
    /// <exception cref="Win32Exception">The program is not there or cannot be run.</exception>
    public static async ValueTask<ChildProcess> StartAsync(string program, IEnumerable<string> arguments, int memoryMb, Action<int> onLingering, string? input = null)
    {
        var start = new ProcessStartInfo(ChildBounds.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in ChildBounds.Wrap(program, arguments, memoryMb))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        var process = await ChildStarter.StartAsync(start).ConfigureAwait(false);
        try
        {
            // A few hundred bytes at most, which fit the pipe: this does not wait for the child.
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already; its exit code says why.
        }

        return new ChildProcess(process, onLingering);
    }

    /// <summary>Processor time that a process has used; null if there is no such process.</summary>
    public static TimeSpan? ProcessorTime(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>After its output has ended: how it ended and what it said last. A child that lingers is killed.</summary>
    public async ValueTask<(int ExitCode, string Errors)> FinishAsync()
    {
        var hasEnded = await StopAsync(isKilledFirst: false).ConfigureAwait(false);
        return (hasEnded ? _process.ExitCode : Killed, _errors.Text);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(isKilledFirst: true).ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<bool> StopAsync(bool isKilledFirst)
    {
        if (isKilledFirst)
        {
            Kill();
        }

        var exit = _process.WaitForExitAsync();
        if (await ChildEnd.WaitAsync(exit, Task.WhenAll(exit, _errorPump), Kill, TimeProvider.System).ConfigureAwait(false))
        {
            return true;
        }

        _onLingering(Id);
        return false;
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>
/// A child that writes to a pipe of ours. Disposing it kills it and waits. If this process is killed the pipe closes, and the child
/// ends at its next write or, if its network is silent, at its own timeout.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly StderrTail _errors = new();
    private readonly Task _errorPump;

    private ChildProcess(Process process)
    {
        _process = process;
        Output = process.StandardOutput.BaseStream;
        _errorPump = _errors.PumpAsync(process.StandardError);
    }

    public int Id => _process.Id;

    public Stream Output { get; }

    /// <exception cref="Win32Exception">The program is not there or cannot be run.</exception>
    public static ChildProcess Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new ChildProcess(process);
    }

    /// <summary>After its output has ended: how it ended and what it said last. A child that lingers is killed.</summary>
    public async ValueTask<(int ExitCode, string Errors)> FinishAsync()
    {
        await StopAsync(isKilledFirst: false).ConfigureAwait(false);
        return (_process.ExitCode, _errors.Text);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(isKilledFirst: true).ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task StopAsync(bool isKilledFirst)
    {
        if (isKilledFirst)
        {
            Kill();
        }

        var ended = Task.WhenAll(_process.WaitForExitAsync(), _errorPump);
        try
        {
            await ended.WaitAsync(ExitPatience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill();
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }
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

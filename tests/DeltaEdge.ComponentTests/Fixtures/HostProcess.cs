using System.Diagnostics;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>One of the hosts as a process of its own on a free port, as an operator runs it.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private HostProcess(Process process) => _process = process;

    public Uri Address => _address.Task.Result;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <param name="assembly">Name of the host's program.</param>
    /// <param name="redis">Where shared state is.</param>
    /// <param name="settings">Further settings under DeltaEdge, colons between levels.</param>
    public static async Task<HostProcess> StartAsync(string assembly, string redis, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in settings.Append(("Fabric:Mode", "Redis")).Append(("Fabric:ConnectionString", redis)))
        {
            start.Environment[$"DeltaEdge__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        var one = new HostProcess(new Process { StartInfo = start });
        one._process.OutputDataReceived += (_, e) => one.Read(e.Data);
        one._process.ErrorDataReceived += (_, e) => one.Read(e.Data);
        one._process.Start();
        one._process.BeginOutputReadLine();
        one._process.BeginErrorReadLine();
        var listening = await Task.WhenAny(one._address.Task, Task.Delay(Wait.Limit, TimeProvider.System)) == one._address.Task;
        Assert.True(listening, $"{assembly} did not listen within {Wait.Limit.TotalSeconds:F0} s. It said:\n{one.Output}");
        return one;
    }

    /// <summary>It stands still, as on a machine that was suspended.</summary>
    public void Pause() => Signals.Stop(_process);

    public void Resume() => Signals.Continue(_process);

    public int ExitCode => _process.ExitCode;

    /// <summary>Tells it to stop, as an orchestrator does (SIGTERM).</summary>
    public void Terminate() => Signals.Terminate(_process);

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        const string Listening = "Now listening on: ";
        lock (_output)
        {
            _output.Add(line ?? "");
        }

        if (line?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}

using System.Diagnostics;
using DeltaEdge.Controller;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>The controller as a process of its own, as an operator runs it.</summary>
internal sealed class ControllerProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];

    private ControllerProcess(Process process) => _process = process;

    /// <summary>Starts it on a free port; returns when it listens.</summary>
    public static async Task<(ControllerProcess Process, Uri Address)> StartAsync(string redis, string prefix, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ControllerDefaults).Assembly.Location, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in settings.Append(("Fabric:Mode", "Redis")).Append(("Fabric:ConnectionString", redis)).Append(("Fabric:KeyPrefix", prefix)))
        {
            start.Environment[$"DeltaEdge__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        var one = new ControllerProcess(new Process { StartInfo = start });
        one._process.OutputDataReceived += (_, e) => one.Read(e.Data);
        one._process.ErrorDataReceived += (_, e) => one.Read(e.Data);
        one._process.Start();
        one._process.BeginOutputReadLine();
        one._process.BeginErrorReadLine();
        var listening = await Task.WhenAny(one._address.Task, Task.Delay(Wait.Limit, TimeProvider.System)) == one._address.Task;
        Assert.True(listening, $"The controller did not listen within {Wait.Limit.TotalSeconds:F0} s. It said:\n{one.Output}");
        return (one, await one._address.Task);
    }

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

using System.Diagnostics;
using DeltaEdge.Cli.Roles;

namespace DeltaEdge.Cli.Cluster;

/// <summary>
/// One role as a child of this program. It ends with this process, whatever ends that, because it watches its standard input; it is
/// in a session of its own, so that Ctrl+C reaches only the parent, which stops it in order.
/// </summary>
internal sealed class RoleProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const int TailLines = 30;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _tail = new();
    private readonly StreamWriter _log;
    private bool _closed;

    private RoleProcess(string name, string role, Process process, string logFile)
    {
        (Name, Role, _process, LogFile) = (name, role, process, logFile);
        _log = new StreamWriter(logFile, append: true) { AutoFlush = true };
    }

    /// <summary>For people, and for a worker its id.</summary>
    public string Name { get; }

    public string Role { get; }

    public string LogFile { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Base address; only after <see cref="WaitReadyAsync"/>.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>The last lines it printed.</summary>
    public string Tail
    {
        get
        {
            lock (_tail)
            {
                return string.Join('\n', _tail);
            }
        }
    }

    /// <param name="name">Names its log.</param>
    /// <param name="role">A role of <see cref="RoleCommands"/>.</param>
    /// <param name="port">Port on 127.0.0.1; 0 takes a free one.</param>
    /// <param name="environment">Variables over those of this process.</param>
    /// <param name="folder">Where its log goes.</param>
    public static RoleProcess Start(string name, string role, int port, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "deltaedge");
        var start = new ProcessStartInfo("setsid", [program, role, RoleCommands.WithParent, "--urls", $"http://127.0.0.1:{port}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var one = new RoleProcess(name, role, new Process { StartInfo = start }, Path.Combine(folder, name + ".log"));
        one._process.OutputDataReceived += (_, e) => one.Read(e.Data);
        one._process.ErrorDataReceived += (_, e) => one.Read(e.Data);
        one._process.Start();
        one._process.BeginOutputReadLine();
        one._process.BeginErrorReadLine();
        return one;
    }

    /// <summary>Returns when it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead, or was not ready in time; the message holds what it printed last.</exception>
    public async Task WaitReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var began = TimeProvider.System.GetTimestamp();
        while (!(_address.Task.IsCompleted && await IsReadyAsync(http, cancellationToken)))
        {
            if (HasExited || TimeProvider.System.GetElapsedTime(began) > StartLimit)
            {
                throw new InvalidOperationException($"{Name} {(HasExited ? $"ended with {_process.ExitCode}" : "was not ready in time")}. It said:\n{Tail}");
            }

            await Task.Delay(Probe, TimeProvider.System, cancellationToken);
        }
    }

    public void Signal(string signal) => ChildSignals.Send(Id, signal);

    /// <summary>Ends it at once and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            Signal(ChildSignals.Kill);
        }

        await _process.WaitForExitAsync();
    }

    /// <summary>Tells it to stop and returns when it is gone; after the limit it is killed.</summary>
    /// <returns>Its exit code; 137 if it had to be killed.</returns>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        if (!HasExited)
        {
            Signal(ChildSignals.Terminate);
            using var patience = new CancellationTokenSource(limit);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                await KillAsync();
            }
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        lock (_tail)
        {
            _closed = true;
            _log.Dispose();
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(Address, "/healthz/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_tail)
        {
            if (!_closed)
            {
                _log.WriteLine(line);
            }

            _tail.Enqueue(line);
            if (_tail.Count > TailLines)
            {
                _tail.Dequeue();
            }
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}

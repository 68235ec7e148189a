using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaEdge.Cli.Cluster;

/// <summary>A redis-server of our own on a free port that keeps nothing on disk. Ends with this process, whatever ends that.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    // A shell between: redis-server does not watch its standard input, so the shell does, and ends it.
    private const string Guarded = "redis-server \"$@\" </dev/null >>\"$LOG\" 2>&1 & echo $!; cat >/dev/null; kill -9 $! 2>/dev/null";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly int _port = FreePort();
    private Process? _guard;

    private RedisProcess(string folder) => _folder = folder;

    /// <summary>As <c>DeltaEdge:Fabric:ConnectionString</c> takes it.</summary>
    public string ConnectionString => $"127.0.0.1:{_port}";

    public int Port => _port;

    /// <summary>Of redis-server itself.</summary>
    public int Id { get; private set; }

    /// <param name="folder">Where its log goes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It does not start; the message says what to do.</exception>
    public static async Task<RedisProcess> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var redis = new RedisProcess(folder);
        await redis.StartAgainAsync(cancellationToken);
        return redis;
    }

    /// <summary>Starts it, empty, on the same port as before; returns when it answers.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await KillAsync();
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Guarded, "redis", "--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["LOG"] = Path.Combine(_folder, "redis.log") },
        };
        _guard = Process.Start(start)!;
        Id = int.Parse(await _guard.StandardOutput.ReadLineAsync(cancellationToken) ?? "0", CultureInfo.InvariantCulture);
        var began = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(began) > StartLimit)
            {
                throw new InvalidOperationException($"redis-server does not answer; is it installed? Its log is {_folder}/redis.log.");
            }

            await Task.Delay(Probe, TimeProvider.System, cancellationToken);
        }
    }

    public void Signal(string signal) => ChildSignals.Send(Id, signal);

    /// <summary>Ends it at once; what it held is gone.</summary>
    public async Task KillAsync()
    {
        if (_guard is null)
        {
            return;
        }

        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
        _guard = null;
    }

    /// <summary>Sends one inline command; the first line of the answer.</summary>
    public async Task<string> CommandAsync(string command, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(cancellationToken) ?? "";
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await CommandAsync("PING", cancellationToken) == "+PONG";
        }
        catch (Exception e) when (e is SocketException or IOException or Win32Exception)
        {
            return false;
        }
    }
}

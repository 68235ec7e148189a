using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>A redis-server process on a free port, which a test may kill and start again empty.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Executable = "redis-server";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("deltaedge-redis-").FullName;
    private readonly int _port = Ports.Free();
    private readonly string[] _tls = [];
    private Process? _process;

    private RedisServer(TestAuthority? authority)
    {
        if (authority is not null)
        {
            TlsPort = Ports.Free();
            _tls =
            [
                "--tls-port", $"{TlsPort}", "--tls-cert-file", authority.CertificateFile, "--tls-key-file", authority.KeyFile,
                "--tls-ca-cert-file", authority.AuthorityFile, "--tls-auth-clients", "no",
            ];
        }
    }

    public static bool IsInstalled => Prerequisite.Find(Executable) is not null;

    public int Port => _port;

    public string ConnectionString => $"127.0.0.1:{_port}";

    /// <summary>Where it listens for TLS besides; 0 without an authority.</summary>
    public int TlsPort { get; }

    public string TlsConnectionString => $"127.0.0.1:{TlsPort},ssl=true,sslHost=localhost";

    public static void SkipIfMissing() => Prerequisite.RequireProgram(Executable, "redis-server");

    public static Task<RedisServer> StartAsync() => StartAsync(null);

    /// <param name="authority">Gives it a certificate; null for no TLS.</param>
    internal static async Task<RedisServer> StartAsync(TestAuthority? authority)
    {
        var server = new RedisServer(authority);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts it, empty, on the same port as before; returns when it answers.</summary>
    public async Task RestartAsync()
    {
        Kill();
        _process = Process.Start(new ProcessStartInfo(Executable, ["--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _directory, .. _tls])
        {
            RedirectStandardOutput = true,
        })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        await Wait.UntilAsync(AnswersAsync, () => $"{Executable} on port {_port} to answer", StartLimit);
    }

    public void Kill()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>It stands still: connections stay, nothing answers.</summary>
    public void Pause() => Signals.Stop(_process!);

    public void Resume() => Signals.Continue(_process!);

    /// <summary>Sends one inline command and returns the first line of the answer.</summary>
    public async Task<string> CommandAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync() ?? "";
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await CommandAsync("PING") == "+PONG";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}

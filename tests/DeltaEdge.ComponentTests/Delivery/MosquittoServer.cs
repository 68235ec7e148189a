using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>A mosquitto broker on a free port that wants a password; may be killed and started again.</summary>
internal sealed class MosquittoServer : IAsyncDisposable
{
    public const string User = "camera";
    public const string Password = "p@ss:word";

    private readonly string _directory = Directory.CreateTempSubdirectory("deltaedge-mosquitto-").FullName;
    private Process? _process;

    public int Port { get; private set; }

    public string Url => $"mqtt://{User}:{Uri.EscapeDataString(Password)}@127.0.0.1:{Port}";

    /// <summary>The same over TLS; only with an authority.</summary>
    public string TlsUrl => $"mqtts://{User}:{Uri.EscapeDataString(Password)}@127.0.0.1:{TlsPort}";

    private int TlsPort { get; set; }

    private static string Subscriber => Prerequisite.RequireProgram("mosquitto_sub", "mosquitto-clients");

    /// <param name="authority">Gives it a certificate for a second listener; null for none.</param>
    public static async Task<MosquittoServer> StartAsync(TestAuthority? authority = null)
    {
        var server = new MosquittoServer { Port = Ports.Free(), TlsPort = Ports.Free() };
        var passwords = Path.Combine(server._directory, "passwords");
        await Process.Start(Prerequisite.RequireProgram("mosquitto_passwd", "mosquitto"), ["-b", "-c", passwords, User, Password]).WaitForExitAsync();
        await File.WriteAllTextAsync(
            Path.Combine(server._directory, "mosquitto.conf"),
            $"listener {server.Port} 127.0.0.1\nallow_anonymous false\npassword_file {passwords}\npersistence false\nuser root\nlog_type none\n"
            + (authority is null ? "" : $"listener {server.TlsPort} 127.0.0.1\ncertfile {authority.CertificateFile}\nkeyfile {authority.KeyFile}\n"));
        await server.RestartAsync();
        return server;
    }

    public async Task RestartAsync()
    {
        Kill();
        _process = Process.Start(new ProcessStartInfo(Prerequisite.RequireProgram("mosquitto", "mosquitto"), ["-c", Path.Combine(_directory, "mosquitto.conf")]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        await Wait.UntilAsync(ListensAsync, () => $"mosquitto to listen on {Port}");
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

    /// <summary>Subscribes with the broker's own client. The broker keeps the subscription, so that nothing is missed before the client reads.</summary>
    public async Task<MosquittoSubscriber> SubscribeAsync(string topic)
    {
        string[] session = ["-h", "127.0.0.1", "-p", $"{Port}", "-u", User, "-P", Password, "-q", "1", "-i", "reader", "-c", "-t", topic];
        using var subscribed = Process.Start(Subscriber, [.. session, "-E"]);
        await subscribed.WaitForExitAsync();
        Assert.Equal(0, subscribed.ExitCode);
        return new MosquittoSubscriber(Subscriber, [.. session, "-F", "got %t %p"]);
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<bool> ListensAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeltaEdge.Core.Streams;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>A real RTSP camera that wants a password and goes away. Needs GStreamer's RTSP server: see tests/fixtures/streams.</summary>
public sealed class RtspSourceTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly ClipFolder _clips = new();
    private readonly List<Process> _servers = [];

    [Fact]
    public async Task CameraThatGoesAndComes_RunsReconnectsAndRuns()
    {
        await using var host = new StreamsHost(_clips.Root, o => o.ConnectTimeoutSeconds = 5);
        var port = FreePort();
        var server = await StartAsync(port, host.Patience);
        var camera = host.Add(StreamsHost.Spec("rtsp", $"rtsp://admin:{Secret}@127.0.0.1:{port}/live", fps: 10));
        await host.WaitForAsync(camera, StreamState.Running);
        var (first, second) = (await host.NextFrameAsync("rtsp"), await host.NextFrameAsync("rtsp"));
        Assert.True(second.SourceSeconds > first.SourceSeconds);
        server.Kill();
        await host.WaitForAsync(camera, StreamState.Reconnecting);
        Assert.DoesNotContain(Secret, camera.Status.LastError, StringComparison.Ordinal);
        await StartAsync(port, host.Patience);
        await host.WaitForAsync(camera, StreamState.Running);
    }

    /// <summary>The camera's key frames are 10 s apart: a reader that loses the first shows nothing before the second.</summary>
    [Fact]
    public async Task FirstFrame_ComesBeforeTheSecondKeyFrame()
    {
        await using var host = new StreamsHost(_clips.Root, o => o.ConnectTimeoutSeconds = 8);
        var port = FreePort();
        await StartAsync(port, host.Patience);
        var camera = host.Add(StreamsHost.Spec("rtsp", $"rtsp://admin:{Secret}@127.0.0.1:{port}/live"));
        await camera.WaitForStateAsync(s => s is not StreamState.Connecting, host.Patience);
        Assert.Equal((StreamState.Running, 0L), (camera.State, camera.Reconnects));
    }

    [Theory]
    [InlineData(StreamTransport.Udp)]
    [InlineData(StreamTransport.Auto)]
    public async Task OtherTransports_Run(StreamTransport transport)
    {
        await using var host = new StreamsHost(_clips.Root, o => o.ConnectTimeoutSeconds = 5);
        var port = FreePort();
        await StartAsync(port, host.Patience);
        var camera = host.Add(StreamsHost.Spec("rtsp", $"rtsp://admin:{Secret}@127.0.0.1:{port}/live", transport: transport));
        await host.WaitForAsync(camera, StreamState.Running);
        await host.NextFrameAsync("rtsp");
        Assert.Equal(transport.Name(), camera.Status.Transport);
    }

    /// <summary>Other users of the machine read command lines in /proc.</summary>
    [Fact]
    public async Task Password_IsOnNoCommandLine()
    {
        await using var host = new StreamsHost(_clips.Root, o => o.ConnectTimeoutSeconds = 5);
        var port = FreePort();
        await StartAsync(port, host.Patience);
        var camera = host.Add(StreamsHost.Spec("rtsp", $"rtsp://admin:{Secret}@127.0.0.1:{port}/live?token={port}-{Secret}"));
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.NotEmpty(ChildProcesses.Reading("pipe:0"));
        Assert.Empty(ChildProcesses.Reading(Secret));
    }

    [Fact]
    public async Task Rtsps_Runs()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var pem = _clips.Text("server.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        await using var host = new StreamsHost(_clips.Root, o => o.ConnectTimeoutSeconds = 5);
        var port = FreePort();
        await StartAsync(port, host.Patience, pem);
        var camera = host.Add(StreamsHost.Spec("rtsps", $"rtsps://admin:{Secret}@127.0.0.1:{port}/live"));
        await host.WaitForAsync(camera, StreamState.Running);
    }

    [Fact]
    public async Task WrongPassword_FailsInsteadOfTryingForEver()
    {
        await using var host = new StreamsHost(_clips.Root);
        var port = FreePort();
        await StartAsync(port, host.Patience);
        var camera = host.Add(StreamsHost.Spec("rtsp", $"rtsp://admin:wrong-{Secret}@127.0.0.1:{port}/live"));
        await host.WaitForAsync(camera, StreamState.Failed);
        Assert.Equal("The source refused the credentials.", camera.Status.LastError);
    }

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Kill();
            server.WaitForExit();
            server.Dispose();
        }

        _clips.Dispose();
    }

    private async Task<Process> StartAsync(int port, CancellationToken cancellationToken, string? certificate = null)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeltaEdge.sln")))
        {
            folder = folder.Parent;
        }

        var script = Path.Combine(folder!.FullName, "tests", "fixtures", "streams", "rtsp_server.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, $"{port}", "admin", Secret, .. certificate is null ? Array.Empty<string>() : [certificate]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var server = Process.Start(start)!;
        _servers.Add(server);
        if (await server.StandardOutput.ReadLineAsync(cancellationToken) != "ready")
        {
            const string Missing = "GStreamer's RTSP server did not start; are gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-good and -ugly installed?";
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", $"{Missing} {await server.StandardError.ReadToEndAsync(cancellationToken)}");
            Assert.Skip(Missing);
        }

        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

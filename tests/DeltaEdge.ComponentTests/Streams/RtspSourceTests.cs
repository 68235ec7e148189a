using System.Diagnostics;
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
        var port = Ports.Free();
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
        var port = Ports.Free();
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
        var port = Ports.Free();
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
        var port = Ports.Free();
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
        var port = Ports.Free();
        await StartAsync(port, host.Patience, pem);
        var camera = host.Add(StreamsHost.Spec("rtsps", $"rtsps://admin:{Secret}@127.0.0.1:{port}/live"));
        await host.WaitForAsync(camera, StreamState.Running);
    }

    [Fact]
    public async Task WrongPassword_IsTriedAgainAndSaysSo()
    {
        await using var host = new StreamsHost(_clips.Root);
        var port = Ports.Free();
        await StartAsync(port, host.Patience);
        var camera = host.Add(StreamsHost.Spec("rtsp", $"rtsp://admin:wrong-{Secret}@127.0.0.1:{port}/live"));
        await host.WaitForAsync(camera, StreamState.Reconnecting);
        Assert.Equal("The source refused the credentials.", camera.Status.LastError);
        await host.WaitForAsync(camera, StreamState.Connecting);
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
        var server = await RtspServer.StartAsync([$"{port}", "admin", Secret, .. certificate is null ? Array.Empty<string>() : [certificate]], cancellationToken);
        _servers.Add(server);
        return server;
    }
}

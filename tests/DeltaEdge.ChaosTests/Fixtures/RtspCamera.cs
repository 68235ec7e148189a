using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>A GStreamer RTSP server that plays a camera and can be switched off and on again. See tests/fixtures/streams.</summary>
internal sealed class RtspCamera : IDisposable
{
    private const string User = "admin";
    private const string Password = "hunter2";
    private readonly int _port = FreePort();
    private Process? _server;

    /// <summary>The picture comes at 15 frames a second.</summary>
    public string Url => $"rtsp://{User}:{Password}@127.0.0.1:{_port}/live";

    /// <summary>Returns when it listens.</summary>
    public async Task SwitchOnAsync()
    {
        var script = Path.Combine(Repository.Root, "tests", "fixtures", "streams", "rtsp_server.py");
        _server = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, _port.ToString(CultureInfo.InvariantCulture), User, Password])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        if (await _server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "ready")
        {
            const string Missing = "GStreamer's RTSP server did not start; are gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-good and -ugly installed?";
            Assert.True(Environment.GetEnvironmentVariable("CI") != "true", $"{Missing} {await _server.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
            Assert.Skip(Missing);
        }
    }

    public void SwitchOff()
    {
        if (_server is { } server)
        {
            server.Kill();
            server.WaitForExit();
            server.Dispose();
            _server = null;
        }
    }

    public void Dispose() => SwitchOff();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

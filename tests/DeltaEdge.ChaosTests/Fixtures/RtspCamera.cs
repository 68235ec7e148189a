using System.Diagnostics;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>A GStreamer RTSP server that plays a camera and can be switched off and on again. See tests/fixtures/streams.</summary>
internal sealed class RtspCamera : IDisposable
{
    private const string User = "admin";
    private const string Password = "hunter2";
    private readonly int _port = Ports.Free();
    private Process? _server;

    /// <summary>The picture comes at 15 frames a second.</summary>
    public string Url => $"rtsp://{User}:{Password}@127.0.0.1:{_port}/live";

    /// <summary>Returns when it listens.</summary>
    public async Task SwitchOnAsync() => _server = await RtspServer.StartAsync([$"{_port}", User, Password], TestContext.Current.CancellationToken);

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
}

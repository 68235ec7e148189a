using System.Diagnostics;

namespace DeltaEdge.Tests;

/// <summary>GStreamer's RTSP server with a moving picture, 15 frames a second, behind a name and a password. See tests/fixtures/streams.</summary>
internal static class RtspServer
{
    /// <summary>Returns when it listens.</summary>
    /// <param name="arguments">Port, user, password, and a certificate's file for RTSPS.</param>
    public static async Task<Process> StartAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var script = Repository.PathOf("tests", "fixtures", "streams", "rtsp_server.py");
        var server = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        if (await server.StandardOutput.ReadLineAsync(cancellationToken) != "ready")
        {
            var said = await server.StandardError.ReadToEndAsync(cancellationToken);
            server.Dispose();
            Prerequisite.Require(false, $"GStreamer's RTSP server did not start; are gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-good and -ugly installed? {said}");
        }

        return server;
    }
}

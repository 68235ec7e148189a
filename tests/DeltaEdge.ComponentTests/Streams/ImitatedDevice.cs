using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using DeltaEdge.ComponentTests.ModelCompiler;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>
/// A capture device on a machine without one: the real ffmpeg, into which a library is preloaded that answers the kernel's Video4Linux2
/// requests for one file. Its n-th frame is a flat grey that says n, as in <see cref="ClipFolder.Numbered"/>.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ImitatedDevice
{
    /// <summary>Frames after which the greys begin again.</summary>
    public const int Greys = 25;

    /// <param name="folder">Where its files lie; gone with it.</param>
    /// <param name="frames">Frames after which it is unplugged, in each reader's life; null for never.</param>
    public ImitatedDevice(ClipFolder folder, int? frames = null)
    {
        var library = folder.PathOf("v4l2_device.so");
        Compile(Repository.PathOf("tests", "fixtures", "streams", "v4l2_device.c"), library);
        Address = folder.Text("video0", "");
        Ffmpeg = folder.Text("ffmpeg-with-device", $"""
            #!/bin/sh
            export LD_PRELOAD='{library}' DELTAEDGE_FAKE_V4L2='{Address}' {(frames is { } most ? $"DELTAEDGE_FAKE_V4L2_FRAMES={most.ToString(CultureInfo.InvariantCulture)}" : "")}
            exec ffmpeg "$@"
            """);
        File.SetUnixFileMode(Ffmpeg, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>The device's path.</summary>
    public string Address { get; }

    /// <summary>The program that finds a device there.</summary>
    public string Ffmpeg { get; }

    private static void Compile(string source, string library)
    {
        using var compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl"]) { RedirectStandardError = true })!;
        var errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
    }
}

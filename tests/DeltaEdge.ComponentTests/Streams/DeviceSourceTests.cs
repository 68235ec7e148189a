using System.Runtime.Versioning;
using DeltaEdge.Core.Streams;
using DeltaEdge.Imaging.Fitting;
using DeltaEdge.Streams;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Capture devices: only those that are listed, and one that is unplugged.</summary>
[SupportedOSPlatform("linux")]
public sealed class DeviceSourceTests : IDisposable
{
    private readonly ClipFolder _folder = new();

    [Theory]
    [InlineData("v4l2:/dev/video0")]
    [InlineData("v4l2:/dev/sda")]
    [InlineData("v4l2:/dev/../dev/mem")]
    public async Task DeviceThatIsNotListed_IsRefused(string source)
    {
        await using var host = new StreamsHost(_folder.Root, o => o.AllowedDevices.Add("/dev/video7"));
        var error = host.Registry.Add(StreamsHost.Spec("device", source)).Error;
        Assert.Equal((400, "source", "source_not_allowed"), (error?.Status, error?.Param, error?.Code));
        Assert.Contains("AllowedDevices", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeviceThatIsNotThere_IsWaitedFor()
    {
        var missing = _folder.PathOf("video0");
        await using var host = new StreamsHost(_folder.Root, o => o.AllowedDevices.Add(missing));
        var camera = host.Add(StreamsHost.Spec("device", "v4l2:" + missing));
        await host.WaitForAsync(camera, StreamState.Reconnecting);
        Assert.Equal($"The device {missing} is not there.", camera.Status.LastError);
    }

    [Fact]
    public async Task WhatIsNoDevice_GivesNoFrame()
    {
        var file = _folder.Numbered("not-a-device.mp4", 10, 5);
        await using var host = new StreamsHost(_folder.Root, o => o.AllowedDevices.Add(file));
        var camera = host.Add(StreamsHost.Spec("device", "v4l2:" + file));
        await host.WaitForAsync(camera, StreamState.Reconnecting);
        Assert.Equal(0, camera.Status.Frames.Captured);
    }

    [Fact]
    public async Task Device_GivesItsFramesInOrder()
    {
        var device = new ImitatedDevice(_folder);
        await using var host = new StreamsHost(_folder.Root, o => Listed(o, device));
        var camera = host.Add(StreamsHost.Spec("device", "v4l2:" + device.Address));
        var before = await host.NextFrameAsync("device");
        for (var i = 0; i < 3; i++)
        {
            var next = await host.NextFrameAsync("device");
            var rise = (ClipFolder.NumberIn(next.Image.Pixels) - ClipFolder.NumberIn(before.Image.Pixels) + ImitatedDevice.Greys) % ImitatedDevice.Greys;
            Assert.InRange(rise, 1, ImitatedDevice.Greys - 1);
            Assert.True(next.CapturedAt > before.CapturedAt);
            before = next;
        }

        Assert.Equal((StreamState.Running, null), (camera.State, camera.Status.LastError));
        Assert.Equal(ModelInput.PadColour.ToArray(), before.Image.Pixels[..3]); // 64x48 on a square.
    }

    [Fact]
    public async Task DeviceThatIsUnplugged_IsReadAgainWhenItIsBack()
    {
        var device = new ImitatedDevice(_folder, frames: 10);
        await using var host = new StreamsHost(_folder.Root, o => Listed(o, device));
        var camera = host.Add(StreamsHost.Spec("device", "v4l2:" + device.Address));
        await host.NextFrameAsync("device");
        await host.WaitForAsync(camera, StreamState.Reconnecting);
        Assert.Contains("No such device", camera.Status.LastError, StringComparison.Ordinal);
        await host.WaitForAsync(camera, StreamState.Running);
        await host.NextFrameAsync("device");
    }

    /// <summary>The system takes away its links to a device that is unplugged, the one that is listed too.</summary>
    [Fact]
    public async Task DeviceThatIsListedByALink_IsWaitedForWhileTheLinkIsGone()
    {
        var device = new ImitatedDevice(_folder, frames: 10);
        var link = _folder.PathOf("by-id");
        File.CreateSymbolicLink(link, device.Address);
        await using var host = new StreamsHost(_folder.Root, o => Listed(o, device, link));
        var camera = host.Add(StreamsHost.Spec("device", "v4l2:" + device.Address));
        await host.NextFrameAsync("device");
        File.Delete(link);
        await Wait.UntilAsync(
            () => camera.Status.LastError?.Contains("AllowedDevices", StringComparison.Ordinal) == true, () => $"a refusal; the stream is {camera.State}: {camera.Status.LastError}");
        File.CreateSymbolicLink(link, device.Address);
        await host.WaitForAsync(camera, StreamState.Running);
    }

    public void Dispose() => _folder.Dispose();

    private static void Listed(StreamsOptions options, ImitatedDevice device, string? name = null)
    {
        options.AllowedDevices.Add(name ?? device.Address);
        options.FfmpegPath = device.Ffmpeg;
    }
}

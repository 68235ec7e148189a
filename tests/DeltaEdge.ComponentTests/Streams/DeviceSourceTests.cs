using DeltaEdge.Core.Streams;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Capture devices: only those that are listed, and one that is unplugged.</summary>
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

    public void Dispose() => _folder.Dispose();
}

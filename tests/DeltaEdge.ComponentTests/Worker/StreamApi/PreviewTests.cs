using DeltaEdge.ComponentTests.Streams;
using DeltaEdge.Streams;
using DeltaEdge.Worker.StreamApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.Worker.StreamApi;

public sealed class PreviewTests : IDisposable
{
    private readonly ClipFolder _folder = new();

    [Theory]
    [InlineData(10)]
    [InlineData(95)]
    public async Task LivePicture_HasTheQualityThatIsSet(int quality)
    {
        await using var host = new StreamsHost(_folder.Root);
        var camera = host.Add(StreamsHost.Spec("push", "push:")); // The next frame comes when this test says.
        await host.Push.PushAsync(camera, ImageFiles.Grey(50), capturedAt: null, host.Patience);
        var endpoint = new StreamViewEndpoint(host.Registry, catalog: null!, shared: null!, view: null!, Options.Create(new StreamsOptions { PreviewQuality = quality }));
        using var body = new MemoryStream();
        await endpoint.FrameAsync(new DefaultHttpContext { Response = { Body = body } }, "push");
        Assert.Equal(camera.LatestJpeg(quality), body.ToArray());
        Assert.NotEqual(camera.LatestJpeg(80), body.ToArray());
    }

    public void Dispose() => _folder.Dispose();
}

using System.Globalization;
using System.IO.Pipelines;
using DeltaEdge.ComponentTests.Inference;
using DeltaEdge.ComponentTests.Streams;
using DeltaEdge.Worker.StreamApi;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Worker.StreamApi;

/// <summary>Frames that clients send over HTTP, up to the sink.</summary>
public sealed class PushApiTests : IDisposable
{
    private readonly ClipFolder _folder = new();

    [Fact]
    public async Task TimeOfTheUpload_CountsSinceTheCapture()
    {
        var time = new ManualTime();
        await using var host = new StreamsHost(_folder.Root, time: time);
        host.Add(StreamsHost.Spec("slow", "push:"));
        var endpoint = new PushEndpoint(host.Registry, host.Push, socket: null!, host.Clock); // No WebSocket comes.
        var body = new Pipe();
        var context = new DefaultHttpContext { Request = { ContentType = "image/jpeg", Body = body.Reader.AsStream() } };
        context.Request.Headers[PushEndpoint.CapturedAt] = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture);

        var posted = endpoint.PostAsync(context, "slow");
        time.Advance(TimeSpan.FromSeconds(5));
        await body.Writer.WriteAsync(ImageFiles.Grey(50), host.Patience);
        await body.Writer.CompleteAsync();
        await posted.WaitAsync(host.Patience);

        Assert.Equal(202, context.Response.StatusCode);
        Assert.True(host.Clock.Now - (await host.NextFrameAsync("slow")).CapturedAt >= TimeSpan.FromSeconds(6));
    }

    public void Dispose() => _folder.Dispose();
}

using System.Text;
using System.Text.Json.Nodes;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Telemetry.Net;
using DeltaEdge.UnitTests.Imaging;
using DeltaEdge.UnitTests.Time;
using DeltaEdge.UnitTests.Worker.Quality;
using DeltaEdge.Worker.Chat;
using DeltaEdge.Worker.Images;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Worker;

/// <summary>From when a chat completion's deadline counts, with a body that takes its time.</summary>
public sealed class ChatDeadlineTests : IDisposable
{
    private static readonly TimeSpan BodyTakes = TimeSpan.FromMilliseconds(300);

    private readonly ProbeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(null, 0, 0)] // Nothing said: since the request came.
    [InlineData(null, 200, -200)] // The gateway has had it for a while.
    [InlineData(-1000, 0, -1000)] // The body's time is in the age once.
    [InlineData(-1000, 200, -1000)]
    [InlineData(-50, 200, -200)] // No later than it came.
    [InlineData(100, 0, 0)]
    [InlineData(5000, 0, 0)] // A clock that is ahead.
    public async Task Deadline_CountsFromCapture(int? capturedMs, int elapsedMs, int expectedMs)
    {
        var start = _world.Clock.Now;
        var context = Context(capturedMs is { } ms ? _world.Time.GetUtcNow() + TimeSpan.FromMilliseconds(ms) : null, elapsedMs);

        await Endpoint().HandleAsync(context);

        Assert.Equal(StatusCodes.Status200OK, context.Response.StatusCode);
        var asked = Assert.Single(_world.Engine.Asked);
        Assert.Equal(expectedMs, (asked.CapturedAt - start).TotalMilliseconds);
        Assert.Equal(expectedMs + 400, (asked.Deadline - start).TotalMilliseconds);
    }

    private ChatEndpoint Endpoint()
    {
        IStreamCatalog cameras = new InProcessFabric(new(_world.Time)).Catalog;
        var parser = new ChatRequestParser(_world.Models.Names, TokenLadder.Default, SlaCatalog.Default, new(cameras), _world.Time);
        var images = new ImageFetcher(Options.Create(new ImageUrlOptions()), _world.Time, new HostLookup());
        return new ChatEndpoint(parser, new FrameReader(14, ImageLimits.Default), images, _world.Asker, _world.Models, _world.Clock);
    }

    private DefaultHttpContext Context(DateTimeOffset? captured, int elapsedMs)
    {
        var terms = new JsonObject { ["deadline_ms"] = 400 };
        if (captured is { } at)
        {
            terms["captured_at"] = at.ToString("O");
        }

        var image = $"data:image/png;base64,{Convert.ToBase64String(ImageFixtures.Bytes("upright.png"))}";
        var body = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "text", ["text"] = "Is it?" },
                    new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = image } }),
            }),
            ["deltaedge"] = terms,
        };
        var context = new DefaultHttpContext();
        context.Request.Body = new SlowBody(Encoding.UTF8.GetBytes(body.ToJsonString()), _world.Time);
        context.Request.Headers[EdgeHeaders.ElapsedMs] = $"{elapsedMs}";
        return context;
    }

    /// <summary>A body whose first read takes <see cref="BodyTakes"/>.</summary>
    private sealed class SlowBody(byte[] bytes, ManualTimeProvider time) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == 0)
            {
                time.Advance(BodyTakes);
            }

            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}

using System.Text;
using DeltaEdge.Core.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>One image by GET, again and again.</summary>
public sealed class SnapshotSourceTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly ClipFolder _folder = new();

    [Fact]
    public async Task UnchangedImage_IsAFrameOfNowWithoutBeingSentAgain()
    {
        var (sent, notModified) = (0, 0);
        await using var web = await LocalWeb.StartAsync(app => app.MapGet("/still.jpg", (HttpContext context) =>
        {
            if (context.Request.Headers.IfNoneMatch == "\"one\"")
            {
                Interlocked.Increment(ref notModified);
                return Results.StatusCode(StatusCodes.Status304NotModified);
            }

            Interlocked.Increment(ref sent);
            context.Response.Headers.ETag = "\"one\"";
            return Results.Bytes(ImageFiles.Grey(70), "image/jpeg");
        }));
        await using var host = new StreamsHost(_folder.Root);
        var camera = host.Add(StreamsHost.Spec("still", "snapshot+" + web.Urls.First() + "/still.jpg", fps: 20));
        var first = await host.NextFrameAsync("still");
        var second = await host.NextFrameAsync("still");
        Assert.Equal((70, 70), (ImageFiles.LevelIn(first.Image.Pixels), ImageFiles.LevelIn(second.Image.Pixels)));
        Assert.True(second.CapturedAt > first.CapturedAt);
        Assert.Equal((1, StreamState.Running), (sent, camera.State));
        Assert.True(notModified >= 1);
    }

    [Fact]
    public async Task Password_AnswersTheChallengeAndIsNeverShown()
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:p@ss {Secret}"));
        await using var web = await LocalWeb.StartAsync(app => app.MapGet("/still.jpg", (HttpContext context) =>
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"camera\"";
            return context.Request.Headers.Authorization == expected ? Results.Bytes(ImageFiles.Grey(70), "image/jpeg") : Results.StatusCode(StatusCodes.Status401Unauthorized);
        }));
        await using var host = new StreamsHost(_folder.Root);
        var at = web.Urls.First()["http://".Length..];
        var camera = host.Add(StreamsHost.Spec("right", $"snapshot+http://admin:p%40ss%20{Secret}@{at}/still.jpg?token={Secret}"));
        await host.WaitForAsync(camera, StreamState.Running);
        Assert.Equal($"snapshot+http://{at}/still.jpg", camera.Status.Source);
        var wrong = host.Add(StreamsHost.Spec("wrong", $"snapshot+http://admin:{Secret}@{at}/still.jpg"));
        await host.WaitForAsync(wrong, StreamState.Reconnecting);
        Assert.Equal("The source refused the credentials.", wrong.Status.LastError);
    }

    [Theory]
    [InlineData("redirect", StreamState.Reconnecting, "redirects")]
    [InlineData("gone", StreamState.Reconnecting, "status 404")]
    [InlineData("page", StreamState.Reconnecting, "not an image")]
    [InlineData("huge", StreamState.Reconnecting, "larger")]
    [InlineData("headers", StreamState.Reconnecting, "larger")]
    [InlineData("slow", StreamState.Reconnecting, "did not come within|No frame came")] // Its own time limit and the watchdog's end together.
    public async Task WhatIsNoImage_EndsInAStateThatSaysWhy(string path, StreamState state, string words)
    {
        await using var web = await LocalWeb.StartAsync(app =>
        {
            app.MapGet("/redirect", () => Results.Redirect("/page"));
            app.MapGet("/page", () => Results.Content("<html></html>", "image/jpeg"));
            app.MapGet("/huge", () => Results.Bytes(new byte[200_000], "image/jpeg"));
            app.MapGet("/headers", (HttpContext context) =>
            {
                context.Response.Headers["x-long"] = new string('x', 100_000);
                return Results.Bytes([], "image/jpeg");
            });
            app.MapGet("/slow", async context =>
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, context.RequestAborted);
                }
            });
        });
        await using var host = new StreamsHost(_folder.Root, o => (o.MaxImageBytes, o.ConnectTimeoutSeconds) = (100_000, path == "slow" ? 1 : 15));
        var camera = host.Add(StreamsHost.Spec("odd", $"snapshot+{web.Urls.First()}/{path}"));
        await camera.WaitForStateAsync(s => s == state || (path == "slow" && s == StreamState.Stalled), host.Patience);
        Assert.Matches(words, camera.Status.LastError); // It outlives the state, which moves on.

        Assert.Equal(0, camera.Status.Frames.Captured);
    }

    public void Dispose() => _folder.Dispose();
}

using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using DeltaEdge.Telemetry.Net;
using DeltaEdge.Worker.Images;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.Worker.Images;

public sealed class ImageFetcherTests
{
    private static readonly byte[] Picture = [1, 2, 3];

    [Fact]
    public async Task PublicImage_IsFetchedWithoutAWordAboutWhoAsks()
    {
        await using var server = await ImageServer.StartAsync(SendPicture);

        var (code, bytes) = await FetchAsync(server, server.Url("public.test"));

        Assert.Null(code);
        Assert.Equal(Picture, bytes);
        Assert.Equal(["Accept", "Accept-Encoding", "Host"], server.Headers.Keys.Order());
    }

    // Loopback, site, link, cloud and carrier addresses, in the spellings that resolvers and URL parsers take.
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://127.1/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://0/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://[ff02::1]/")]
    public async Task AddressIsNotPublic_NothingIsConnected(string url)
    {
        using var fetcher = new ImageFetcher(Options.Create(new ImageUrlOptions { Allow = true, TimeoutMs = 20_000 }), TimeProvider.System, new HostLookup());

        var result = await fetcher.FetchAsync(url, "url", CancellationToken.None);

        Assert.Contains(result.Error?.Code, (string[])["image_url_not_allowed", "invalid_image_url"]);
    }

    // Whether they are read as an address or as a name that nobody has is up to the platform; nobody is reached either way.
    [Theory]
    [InlineData("\u2460\u2461\u2466.0.0.1")]
    [InlineData("127\u30020\u30020\u30021")]
    public async Task AddressIsWrittenInOtherDigits_NobodyIsReached(string host)
    {
        using var here = new TcpListener(IPAddress.Loopback, 0);
        here.Start();
        using var fetcher = new ImageFetcher(Options.Create(new ImageUrlOptions { Allow = true, TimeoutMs = 20_000 }), TimeProvider.System, new HostLookup());

        Assert.NotNull((await fetcher.FetchAsync($"http://{host}:{((IPEndPoint)here.LocalEndpoint).Port}/", "url", CancellationToken.None)).Error);
        Assert.False(here.Pending(), "This machine was called.");
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://public.test/a.png")]
    [InlineData("gopher://public.test/")]
    [InlineData("http://user@public.test/a.png")]
    [InlineData("http://user:password@public.test/a.png")]
    [InlineData("http://public.test@10.0.0.1/a.png")]
    [InlineData("http://10.0.0.1\\@public.test/a.png")]
    [InlineData("http:///a.png")]
    [InlineData("//public.test/a.png")]
    [InlineData("a.png")]
    [InlineData("")]
    public async Task UrlIsATrick_IsRefusedUnread(string url)
    {
        await using var server = await ImageServer.StartAsync(SendPicture);

        var (code, _) = await FetchAsync(server, url);

        Assert.Equal("invalid_image_url", code);
        Assert.Equal(0, server.Requests);
    }

    /// <summary>The system's resolver blocks its caller where a name server is silent: names go the way of the cameras' names.</summary>
    [Fact]
    public async Task Names_AreFoundByTheWorkersLookup()
    {
        var asked = new List<string>();
        var lookup = new HostLookup(name =>
        {
            asked.Add(name);
            return [IPAddress.Loopback];
        });
        using var fetcher = new ImageFetcher(Options.Create(new ImageUrlOptions { Allow = true }), TimeProvider.System, lookup);

        Assert.Equal("image_url_not_allowed", (await fetcher.FetchAsync("http://picture.test/a.png", "url", CancellationToken.None)).Error?.Code);
        Assert.Equal(["picture.test"], asked);
    }

    [Theory]
    [InlineData("private.test", "image_url_not_allowed")]
    [InlineData("both.test", "image_url_not_allowed")]
    [InlineData("nothing.test", "image_url_unreachable")]
    public async Task NameLeadsElsewhere_NothingIsConnected(string name, string refusal)
    {
        await using var server = await ImageServer.StartAsync(SendPicture);

        Assert.Equal(refusal, (await FetchAsync(server, server.Url(name))).Code);
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task NameChangesBetweenLooks_WhatWasCheckedIsConnectedAndTheNextIsRefused()
    {
        await using var server = await ImageServer.StartAsync(SendPicture);
        var looks = 0;
        server.Names["rebinding.test"] = () => [looks++ == 0 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")];
        using var fetcher = server.NewFetcher();

        Assert.NotNull((await fetcher.FetchAsync(server.Url("rebinding.test"), "url", CancellationToken.None)).Value);
        Assert.Equal(1, looks);
        Assert.Equal("image_url_not_allowed", (await fetcher.FetchAsync(server.Url("rebinding.test"), "url", CancellationToken.None)).Error?.Code);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("http://private.test/", "image_url_not_allowed")]
    [InlineData("http://10.0.0.1/", "image_url_not_allowed")]
    [InlineData("http://[::ffff:10.0.0.1]/", "image_url_not_allowed")]
    [InlineData("//both.test/", "image_url_not_allowed")]
    [InlineData("file:///etc/passwd", "invalid_image_url")]
    [InlineData("http://user@public.test/", "invalid_image_url")]
    public async Task RedirectLeadsElsewhere_IsRefused(string location, string refusal)
    {
        await using var server = await ImageServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });

        Assert.Equal(refusal, (await FetchAsync(server, server.Url("public.test"))).Code);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData(3, null, 4)]
    [InlineData(4, "image_url_unreachable", 4)]
    public async Task Redirects_AreFollowedThreeTimes(int redirects, string? refusal, int requests)
    {
        await using var server = await ImageServer.StartAsync(context =>
        {
            var left = int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            if (left == 0)
            {
                return SendPicture(context);
            }

            context.Response.StatusCode = 307;
            context.Response.Headers.Location = $"/{left - 1}";
            return Task.CompletedTask;
        });

        Assert.Equal(refusal, (await FetchAsync(server, server.Url("public.test", $"/{redirects}"))).Code);
        Assert.Equal(requests, server.Requests);
    }

    [Theory]
    [InlineData("text/html", null, "image_url_wrong_type")]
    [InlineData("image/svg+xml", null, "image_url_wrong_type")]
    [InlineData(null, null, "image_url_wrong_type")]
    [InlineData("image/png", "gzip", "image_url_wrong_type")]
    [InlineData("image/png; charset=x", null, null)]
    public async Task ContentType_MustBeAnImageAsItIs(string? type, string? encoding, string? refusal)
    {
        await using var server = await ImageServer.StartAsync(context =>
        {
            context.Response.ContentType = type;
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.Body.WriteAsync(Picture).AsTask();
        });

        Assert.Equal(refusal, (await FetchAsync(server, server.Url("public.test"))).Code);
    }

    [Fact]
    public async Task GzipBomb_IsNotUnpacked()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[50 << 20]);
        }

        await using var server = await ImageServer.StartAsync(context =>
        {
            context.Response.ContentType = "image/png";
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(bomb.ToArray()).AsTask();
        });

        Assert.Equal("image_url_wrong_type", (await FetchAsync(server, server.Url("public.test"))).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BodyIsHuge_IsCutOffSaidOrNot(bool said)
    {
        await using var server = await ImageServer.StartAsync(async context =>
        {
            context.Response.ContentType = "image/png";
            context.Response.ContentLength = said ? 1L << 30 : null;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
            }
        });

        Assert.Equal("image_url_too_large", (await FetchAsync(server, server.Url("public.test"), new() { Allow = true, MaxBytes = 10_000, TimeoutMs = 20_000 })).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ServerIsSlow_TimeEndsIt(bool begun)
    {
        await using var server = await ImageServer.StartAsync(async context =>
        {
            if (begun)
            {
                context.Response.ContentType = "image/png";
                await context.Response.Body.WriteAsync(Picture);
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        Assert.Equal("image_url_timeout", (await FetchAsync(server, server.Url("public.test"), new() { Allow = true, TimeoutMs = 300 })).Code);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    public async Task ServerRefuses_IsSaid(int status)
    {
        await using var server = await ImageServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        Assert.Equal("image_url_unreachable", (await FetchAsync(server, server.Url("public.test"))).Code);
    }

    [Fact]
    public async Task TooManyAtOnce_MoreAreRefusedUntilOneEnds()
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await ImageServer.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await go.Task;
            await SendPicture(context);
        });
        using var fetcher = server.NewFetcher(new() { Allow = true, TimeoutMs = 20_000, MaxAtOnce = 1 });

        var first = fetcher.FetchAsync(server.Url("public.test"), "url", CancellationToken.None);
        await arrived.Task.WaitAsync(Wait.Limit);
        Assert.Equal(503, (await fetcher.FetchAsync(server.Url("public.test"), "url", CancellationToken.None)).Error?.Status);
        go.SetResult();
        Assert.NotNull((await first).Value);
        Assert.NotNull((await fetcher.FetchAsync(server.Url("public.test"), "url", CancellationToken.None)).Value);
    }

    private static Task SendPicture(HttpContext context)
    {
        context.Response.ContentType = "image/png";
        return context.Response.Body.WriteAsync(Picture).AsTask();
    }

    private static async Task<(string? Code, byte[]? Bytes)> FetchAsync(ImageServer server, string url, ImageUrlOptions? options = null)
    {
        using var fetcher = server.NewFetcher(options);
        var result = await fetcher.FetchAsync(url, "url", CancellationToken.None);
        return (result.Error?.Code, result.Value);
    }
}

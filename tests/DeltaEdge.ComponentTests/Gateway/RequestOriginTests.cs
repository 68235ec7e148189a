using System.Net;
using System.Net.WebSockets;
using System.Text;
using DeltaEdge.ComponentTests.Fabric.Keys;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>What pages of other sites can do through the browser of somebody who can reach a gateway.</summary>
public sealed class RequestOriginTests
{
    private const string Elsewhere = "https://elsewhere.example";

    [Theory]
    [InlineData("POST", "/v1/streams")]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("GET", "/v1/status")]
    [InlineData("GET", "/v1/models")]
    [InlineData("GET", "/")]
    public async Task NoKeyIsAskedFor_PagesOfOthersAndNamesOfOthersAreRefused(string method, string path)
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");

        await SendAsync(gateway, method, path, ("Origin", Elsewhere)).RefusesAsync(403, "origin_not_allowed");
        await SendAsync(gateway, method, path, ("Host", "elsewhere.example")).RefusesAsync(403, "host_not_allowed");

        Assert.Empty(worker.Requests);
    }

    [Fact]
    public async Task NoKeyIsAskedFor_TheGatewaysOwnPageMayDoAll()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");

        using var added = await SendAsync(gateway, "POST", "/v1/streams", ("Origin", gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        Assert.Single(worker.Requests);
    }

    [Theory]
    [InlineData(Elsewhere, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.SwitchingProtocols)]
    public async Task NoKeyIsAskedFor_SocketsOpenForThePageAndForOtherClients(string? origin, HttpStatusCode status)
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Equal(CatalogOutcome.Done, await gateway.Catalog.AddAsync(new("cam", "{}", false, null, 1), CancellationToken.None));
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        socket.Options.SetRequestHeader("Origin", origin);
        using var patience = new CancellationTokenSource(Wait.Limit);

        var connecting = socket.ConnectAsync(new UriBuilder(gateway.Http.BaseAddress!) { Scheme = "ws", Path = "/v1/streams/cam/answers" }.Uri, patience.Token);

        Assert.Equal(status == HttpStatusCode.Forbidden, await Record.ExceptionAsync(() => connecting) is WebSocketException);
        Assert.Equal(status, socket.HttpStatusCode);
    }

    [Fact]
    public async Task KeyIsAskedFor_ItIsAllThatCounts()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:Keys", "required"));
        await gateway.AddWorkerAsync("w1");
        var (_, key) = await gateway.Keys.AddNewAsync();

        using var response = await SendAsync(gateway, "GET", "/v1/models", ("Origin", Elsewhere), ("Host", "gateway.example"), ("x-api-key", key));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task KeysAreOffWhereOthersReachIt_ItHasAnyNameAndOnlyItsOwnPage()
    {
        await using var gateway = await TestGateway.StartOnAsync("http://0.0.0.0:0", ("DeltaEdge:Gateway:Keys", "off"));
        await gateway.AddWorkerAsync("w1");

        using var response = await SendAsync(gateway, "GET", "/v1/models", ("Host", "gateway.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await SendAsync(gateway, "GET", "/v1/models", ("Host", "gateway.example"), ("Origin", Elsewhere)).RefusesAsync(403, "origin_not_allowed");
    }

    /// <summary>As a page can send it without asking first: a body is text to the browser.</summary>
    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "text/plain") : null };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.Http.SendAsync(request);
    }
}

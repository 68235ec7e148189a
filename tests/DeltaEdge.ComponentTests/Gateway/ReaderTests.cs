using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Events;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>Readers of a stream's log at the gateway; no worker answers here, only their claims and what they wrote.</summary>
public sealed class ReaderTests
{
    private const string Spec = """{"id":"cam","source":"rtsp://user:secret@cam/1","questions":["Is it?"]}""";

    /// <summary>Far below the half minute that a host waits for requests in flight.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private long _sequence;

    [Fact]
    public async Task Pages_GoOnWhereTheLastOneEnded()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await AppendAsync(gateway, "w1", i % 2 == 0 ? "rule" : "state");
        }

        var first = await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams/cam/events?types=rule&limit=2");
        var second = await gateway.Http.GetFromJsonAsync<JsonElement>($"/v1/streams/cam/events?types=rule&after={first.GetProperty("next_after")}");

        Assert.Equal(["0", "2"], Keys(first));
        Assert.Equal(["4"], Keys(second));
        Assert.Equal(0, second.GetProperty("missed").GetInt64());
        Assert.Empty(Keys(await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams/cam/answers")));
        await gateway.Http.GetAsync("/v1/streams/cam/events?types=answer").RefusesAsync(400, "invalid_value");
    }

    [Fact]
    public async Task Newest_AreAPageThatGoesOn()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await AppendAsync(gateway, "w1", i % 2 == 0 ? "rule" : "state");
        }

        var newest = await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams/cam/events?types=rule&last=2");
        Assert.Equal(["2", "4"], Keys(newest));
        Assert.Empty(Keys(await gateway.Http.GetFromJsonAsync<JsonElement>($"/v1/streams/cam/events?after={newest.GetProperty("next_after")}")));
        Assert.Empty(Keys(await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams/cam/answers?last=1")));
        await gateway.Http.GetAsync("/v1/streams/cam/events?last=0").RefusesAsync(400, "invalid_value");
        await gateway.Http.GetAsync("/v1/streams/cam/events?last=1&limit=2").RefusesAsync(400, "invalid_value");
    }

    [Fact]
    public async Task ReaderStays_WhileTheOwnerChanges()
    {
        await using var gateway = await StartAsync();
        await AppendAsync(gateway, "w1");
        var last = (await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams/cam/events")).GetProperty("next_after").GetInt64();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/streams/cam/events") { Headers = { { "Last-Event-ID", $"{last}" }, { "Accept", "text/event-stream" } } };
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        await AppendAsync(gateway, "w1");
        Assert.Equal((last + 1, "1"), await NextAsync(reader));
        await gateway.Directory.ReleaseAsync("cam", "w1", CancellationToken.None);
        await gateway.ReportAsync("w2", "http://127.0.0.1:9");
        await gateway.OwnAsync("cam", "w2");
        await AppendAsync(gateway, "w2");
        Assert.Equal((last + 2, "2"), await NextAsync(reader));

        await gateway.Catalog.RemoveAsync("cam", CancellationToken.None);
        Assert.Equal("", (await reader.ReadToEndAsync().WaitAsync(Wait.Limit, TimeProvider.System)).Trim());
    }

    [Fact]
    public async Task Socket_GetsMessagesAndResumes()
    {
        await using var gateway = await StartAsync();
        await AppendAsync(gateway, "w1");
        await AppendAsync(gateway, "w1");
        var first = (await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams/cam/events?limit=1")).GetProperty("next_after").GetInt64();
        using var socket = await ConnectAsync(gateway, $"last_event_id={first}");

        var message = await MessageAsync(socket);

        Assert.Equal(("state", first + 1, "1"), (message.GetProperty("type").GetString(), message.GetProperty("id").GetInt64(), message.GetProperty("data").GetProperty("dedupe_key").GetString()));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(Wait.Limit, TimeProvider.System);
        Assert.Equal(WebSocketState.Closed, socket.State);
    }

    [Fact]
    public async Task LogThatBeganAnew_SaysSo()
    {
        await using var gateway = await StartAsync();
        await AppendAsync(gateway, "w1");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/streams/cam/events") { Headers = { { "Last-Event-ID", "41" }, { "Accept", "text/event-stream" } } };
        using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        var gap = await LineAsync(reader, "data: ");

        Assert.Equal(JsonValueKind.Null, gap.GetProperty("missed").ValueKind);
        Assert.Equal(gap.GetProperty("next_id").GetInt64(), (await NextAsync(reader)).Id);
    }

    [Fact]
    public async Task OneReaderTooMany_IsRefusedUntilAnotherLeaves()
    {
        await using var gateway = await StartAsync(("DeltaEdge:Gateway:MaxReaders", "1"));
        await AppendAsync(gateway, "w1");
        using var leaving = new CancellationTokenSource();
        var response = await FollowAsync(gateway, leaving.Token);
        await FollowAsync(gateway, CancellationToken.None).RefusesAsync(503, "too_many_readers");

        response.Dispose();

        await Wait.UntilAsync(
            async () =>
            {
                using var next = await FollowAsync(gateway, CancellationToken.None);
                return next.IsSuccessStatusCode;
            }, () => "a seat");
    }

    [Fact]
    public async Task GatewayThatStops_EndsItsReadersAtOnce()
    {
        await using var gateway = await StartAsync();
        await AppendAsync(gateway, "w1");
        using var response = await FollowAsync(gateway, CancellationToken.None);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        using var socket = await ConnectAsync(gateway, "last_event_id=0");
        Assert.Equal("0", (await MessageAsync(socket)).GetProperty("data").GetProperty("dedupe_key").GetString());

        var stopping = gateway.StopAsync();

        Assert.Equal(": heartbeat", (await reader.ReadToEndAsync().WaitAsync(Soon, TimeProvider.System)).Trim());
        var closing = await socket.ReceiveAsync(new byte[4096], CancellationToken.None).WaitAsync(Soon, TimeProvider.System);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.EndpointUnavailable), (closing.MessageType, closing.CloseStatus));
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await stopping.WaitAsync(Soon, TimeProvider.System);
    }

    [Theory]
    [InlineData("Accept: text/event-stream")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    public async Task ReaderThatDoesNotRead_IsClosedAndGetsNoMoreThanItsConnectionHolds(string headers)
    {
        const int Body = 200_000;
        await using var gateway = await StartAsync(("DeltaEdge:Gateway:MaxReaders", "1"), ("DeltaEdge:Gateway:ReaderTimeoutSeconds", "0.2"), ("DeltaEdge:Fabric:AnswersKept", "20"));
        using var slow = new TcpClient { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port);
        var stream = slow.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /v1/streams/cam/events HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n"));
        Assert.NotEqual(0, await stream.ReadAsync(new byte[1]));
        await FollowAsync(gateway, CancellationToken.None).RefusesAsync(503, "too_many_readers");

        var appended = 0L;
        await Wait.UntilAsync(
            async () =>
            {
                await AppendAsync(gateway, "w1", body: new string('x', Body));
                appended += Body;
                using var next = await FollowAsync(gateway, CancellationToken.None);
                return next.IsSuccessStatusCode;
            }, () => $"the reader's seat; {appended} bytes were appended");

        Assert.InRange(await DrainAsync(stream), 1, 16 << 20);
    }

    [Fact]
    public async Task StreamThatNobodyRuns_IsShownAndCanBeChanged()
    {
        await using var gateway = await StartAsync();
        await gateway.Registry.RemoveAsync("w1", CancellationToken.None);
        var other = await gateway.AddWorkerAsync("w2");

        var shown = await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams/cam");
        var listed = (await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/streams")).GetProperty("data")[0];

        Assert.Equal(("unassigned", "rtsp://cam/1"), (shown.GetProperty("state").GetString(), shown.GetProperty("source").GetString()));
        Assert.Equal(shown.ToString(), listed.ToString());
        using var removed = await gateway.Http.DeleteAsync("/v1/streams/cam");
        Assert.Contains(other.Requests, r => r is { Method: "DELETE", Target: "/v1/streams/cam" });
        await gateway.Http.GetAsync("/v1/streams/cam/frame.jpg").RefusesAsync(503, "stream_owner_unavailable");
    }

    private static async Task<TestGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var gateway = await TestGateway.StartAsync(settings);
        await gateway.ReportAsync("w1", "http://127.0.0.1:9");
        Assert.Equal(CatalogOutcome.Done, await gateway.Catalog.AddAsync(new("cam", Spec, false, null, 1), CancellationToken.None));
        await gateway.OwnAsync("cam", "w1");
        return gateway;
    }

    private async Task AppendAsync(TestGateway gateway, string worker, string type = "state", string? body = null)
    {
        var owner = gateway.Directory.Find("cam")!;
        Assert.Equal(worker, owner.WorkerId);
        var entry = LogEntry.Of(new StreamEvent { Type = type, StreamId = "cam", At = default, DedupeKey = body ?? $"{_sequence}" });
        Assert.Equal(AppendOutcome.Appended, (await gateway.Log.AppendAsync(owner, new("a", ++_sequence), entry, CancellationToken.None)).Outcome);
    }

    private static async Task<HttpResponseMessage> FollowAsync(TestGateway gateway, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/streams/cam/answers") { Headers = { { "Accept", "text/event-stream" } } };
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<ClientWebSocket> ConnectAsync(TestGateway gateway, string query)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(gateway.Http.BaseAddress!) { Scheme = "ws", Path = "/v1/streams/cam/events", Query = query }.Uri, CancellationToken.None).WaitAsync(Wait.Limit, TimeProvider.System);
        return socket;
    }

    private static async Task<JsonElement> MessageAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Wait.Limit, TimeProvider.System);
        return JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement;
    }

    /// <summary>Bytes until the connection's end, however it ends.</summary>
    private static async Task<long> DrainAsync(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(Wait.Limit);
        var (total, buffer) = (0L, new byte[64 << 10]);
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is > 0 and var read)
            {
                total += read;
            }
        }
        catch (IOException)
        {
            // Reset, with what had arrived before.
        }

        return total;
    }

    private static string[] Keys(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("dedupe_key").GetString()!)];

    private static async Task<(long Id, string Key)> NextAsync(StreamReader reader)
    {
        var data = await LineAsync(reader, "data: ");
        return (data.GetProperty("id").GetInt64(), data.GetProperty("dedupe_key").GetString()!);
    }

    private static async Task<JsonElement> LineAsync(StreamReader reader, string prefix)
    {
        while (true)
        {
            var line = await reader.ReadLineAsync().WaitAsync(Wait.Limit, TimeProvider.System);
            Assert.NotNull(line);
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return JsonDocument.Parse(Encoding.UTF8.GetBytes(line[prefix.Length..])).RootElement;
            }
        }
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>Gateway, controller and two workers as processes of their own over a real Redis: what `deltaedge up` composes, taken apart.</summary>
public sealed class FleetTests
{
    private static readonly (string Key, string Value) Secret = ("Fabric:GatewaySecret", "a-secret-of-this-fleet");

    [Fact]
    public async Task SeparateProcesses_ServeAsOneFleet()
    {
        RedisServer.SkipIfMissing();
        await using var redis = await RedisServer.StartAsync();
        using var gateway = await HostProcess.StartAsync("DeltaEdge.Gateway", redis.ConnectionString, Secret);
        using var controller = await HostProcess.StartAsync("DeltaEdge.Controller", redis.ConnectionString);
        using var first = await HostProcess.StartAsync("DeltaEdge.Worker", redis.ConnectionString, Secret, ("Worker:Id", "w1"), ("Streams:AllowedDirectories:0", Nano.Clips));
        using var second = await HostProcess.StartAsync("DeltaEdge.Worker", redis.ConnectionString, Secret, ("Worker:Id", "w2"), ("Streams:AllowedDirectories:0", Nano.Clips));
        using var http = new HttpClient { BaseAddress = gateway.Address, Timeout = Wait.Limit };

        var status = await UntilAsync(http, "/v1/status", s => s.GetProperty("workers").GetArrayLength() == 2 && s.GetProperty("plan").ValueKind == JsonValueKind.Object);
        Assert.True(status.GetProperty("plan").GetProperty("version").GetInt64() > 0);

        using (var direct = new HttpClient { BaseAddress = first.Address })
        using (var refused = await Nano.AskAsync(direct))
        {
            Assert.Equal(403, (int)refused.StatusCode);
        }

        await AnswersAsync(http);
        await StreamsHaveOneOwnerAsync(http);
        await SurvivesAWorkerAsync(http, first, second);
    }

    private static async Task AnswersAsync(HttpClient http)
    {
        using var response = await Nano.AskAsync(http);
        Assert.Equal(200, (int)response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(body.GetProperty("deltaedge").GetProperty("worker").GetString(), (string[])["w1", "w2"]);
        Assert.Equal(16, body.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("image_tokens").GetInt32());
    }

    private static async Task StreamsHaveOneOwnerAsync(HttpClient http)
    {
        var spec = new JsonObject { ["id"] = "cam", ["source"] = Path.Combine(Nano.Clips, "carpark.mp4"), ["questions"] = new JsonArray("How many cars are there?"), ["sla_class"] = "flex" };
        using var created = await http.PostAsJsonAsync("/v1/streams", spec);
        Assert.Equal(201, (int)created.StatusCode);

        // Whichever worker the second attempt lands on, the id is taken for the fleet.
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var again = await http.PostAsJsonAsync("/v1/streams", spec);
            Assert.Equal(409, (int)again.StatusCode);
        }

        var page = await UntilAsync(http, "/v1/streams/cam/answers", p => p.GetProperty("data").GetArrayLength() > 0);
        Assert.Equal("cam", page.GetProperty("data")[0].GetProperty("stream_id").GetString());
        using var removed = await http.DeleteAsync("/v1/streams/cam");
        Assert.Equal(204, (int)removed.StatusCode);
    }

    private static async Task SurvivesAWorkerAsync(HttpClient http, HostProcess first, HostProcess second)
    {
        // Some are with the worker that dies, others are sent to it before anybody knows; none of them fails.
        var asks = Enumerable.Range(0, 8).Select(_ => Nano.AskAsync(http)).ToList();
        first.Kill();
        asks.AddRange(Enumerable.Range(0, 8).Select(_ => Nano.AskAsync(http)));
        foreach (var ask in asks)
        {
            using var answer = await ask;
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }

        await UntilAsync(http, "/v1/status", s => s.GetProperty("workers").GetArrayLength() == 1);

        using var response = await Nano.AskAsync(http);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.False(second.HasExited, second.Output);
    }

    /// <summary>Asks until the answer is as wanted; each try is a round trip, and the limit's message says what was seen last.</summary>
    private static async Task<JsonElement> UntilAsync(HttpClient http, string path, Func<JsonElement, bool> wanted)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            using var response = await http.GetAsync(path);
            var body = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (response.IsSuccessStatusCode && wanted(body))
            {
                return body;
            }

            Assert.True(clock.Elapsed < Wait.Limit, $"{path} was not as wanted within {Wait.Limit.TotalSeconds:F0} s; last: {(int)response.StatusCode} {body}");
        }
    }
}

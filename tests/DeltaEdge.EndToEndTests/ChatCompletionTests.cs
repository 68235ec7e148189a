using System.Text.Json.Nodes;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

public sealed class ChatCompletionTests(EmbeddedSystemFixture system)
{
    private readonly byte[] _image = File.ReadAllBytes(Repository.Sample("carpark.jpg"));

    [Theory]
    [InlineData(576)]
    [InlineData(144)]
    [InlineData(64)]
    [InlineData(36)]
    [InlineData(16)]
    [InlineData(4)]
    [InlineData(1)]
    public async Task FixedBudget_IsSpentAndSaid(int budget)
    {
        var (status, body, response) = await Chat.PostAsync(system.Http, Chat.Body(_image, "Is there a red car?", new JsonObject { ["sla_class"] = "flex", ["budget"] = budget }));

        Assert.Equal(200, status);
        Assert.Equal(budget, body.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("image_tokens").GetInt32());
        var info = body.GetProperty("deltaedge");
        Assert.Equal(budget, info.GetProperty("budget").GetInt32());
        // For this kind nothing above 36 tokens is known to answer better (models/nano/manifest.json).
        Assert.Equal(budget >= 36 ? "none" : "class", info.GetProperty("degraded_reason").GetString());
        Assert.True(info.GetProperty("on_time").GetBoolean());
        Assert.Equal("yes_no", info.GetProperty("question_kind").GetString());
        Assert.InRange(info.GetProperty("expected_accuracy").GetDouble(), 0.3, 1);
        Assert.True(info.GetProperty("latency").GetProperty("total_ms").GetDouble() > 0);
        Assert.Equal(budget.ToString(System.Globalization.CultureInfo.InvariantCulture), response.Headers.GetValues("x-deltaedge-budget").Single());
        var usage = body.GetProperty("usage");
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt32(), budget + usage.GetProperty("prompt_tokens_details").GetProperty("text_tokens").GetInt32());
    }

    [Fact]
    public async Task StreamedWithUsage_EndsWithUsageAndDone()
    {
        var body = Chat.Body(_image, "How many cars are there?");
        body["stream"] = true;
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
        using var response = await system.Http.PostAsync("/v1/chat/completions", new StringContent(body.ToJsonString(), null, "application/json"));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e["data: ".Length..]).ToArray();
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events[..^1].Select(e => JsonNode.Parse(e)!).ToArray();
        Assert.Single(chunks.Select(c => (string)c["id"]!).Distinct());
        Assert.Equal("assistant", (string)chunks[0]["choices"]![0]!["delta"]!["role"]!);
        Assert.Equal("stop", (string)chunks[^2]["choices"]![0]!["finish_reason"]!);
        Assert.NotNull(chunks[^2]["deltaedge"]);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.True((int)chunks[^1]["usage"]!["total_tokens"]! > 0);
    }

    [Fact]
    public async Task ImpossibleDeadline_IsRefusedNotAnsweredLate()
    {
        var (status, body, _) = await Chat.PostAsync(system.Http, Chat.Body(_image, "Is there a red car?", new JsonObject { ["deadline_ms"] = 1 }));

        Assert.Contains(status, (int[])[503, 504]);
        Assert.Contains(body.GetProperty("error").GetProperty("code").GetString(), (string[])["deadline_exceeded", "server_overloaded"]);
    }
}

using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

public sealed class StreamsApiTests(EmbeddedSystemFixture system)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task DemoCameras_AreAnswered()
    {
        var ids = (await system.Http.GetFromJsonAsync<JsonElement>("/v1/streams")).GetProperty("data").EnumerateArray().Select(s => s.GetProperty("id").GetString()).ToArray();

        foreach (var camera in (string[])["carpark", "junction", "shelf", "panel"])
        {
            Assert.Contains(camera, ids);
            var (_, answer) = (await ReadEventsAsync(camera, count: 1, lastEventId: null))[0];
            Assert.Equal(camera, answer.GetProperty("stream_id").GetString());
            Assert.NotEqual("failed", answer.GetProperty("outcome").GetString());
        }
    }

    [Fact]
    public async Task Answers_ResumeAfterLastEventId()
    {
        var first = await ReadEventsAsync("carpark", count: 3, lastEventId: null);

        var resumed = await ReadEventsAsync("carpark", count: 2, lastEventId: first[0].Id);

        Assert.Equal(first[1].Id, resumed[0].Id);
        Assert.Equal(first[2].Id, resumed[1].Id);
        Assert.Equal(first[1].Data.GetProperty("answer").ToString(), resumed[0].Data.GetProperty("answer").ToString());
    }

    [Fact]
    public async Task Stream_IsAddedReadChangedAndRemoved()
    {
        var spec = Spec("e2e-crud");
        using (var created = await system.Http.PostAsJsonAsync("/v1/streams", spec))
        {
            Assert.Equal(201, (int)created.StatusCode);
        }

        try
        {
            using var duplicate = await system.Http.PostAsJsonAsync("/v1/streams", spec);
            Assert.Equal(409, (int)duplicate.StatusCode);
            Assert.Equal("resource_in_use", (await duplicate.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());

            var (_, answer) = (await ReadEventsAsync("e2e-crud", count: 1, lastEventId: null))[0];
            var budget = answer.GetProperty("deltaedge").GetProperty("budget").GetInt32();
            Assert.True(budget is 0 or (>= 4 and <= 144), $"budget {budget} lies outside 4 to 144");

            var question = (await system.Http.GetFromJsonAsync<JsonElement>("/v1/streams/e2e-crud")).GetProperty("questions")[0];
            Assert.InRange(question.GetProperty("floor").GetInt32(), 4, 144);
            Assert.Equal(7, question.GetProperty("accuracy").EnumerateObject().Count());
            Assert.All(question.GetProperty("accuracy").EnumerateObject(), a => Assert.InRange(a.Value.GetDouble(), 0, 1));

            using var patched = await system.Http.PatchAsJsonAsync("/v1/streams/e2e-crud", new JsonObject { ["fps"] = 0.5 });
            Assert.Equal(200, (int)patched.StatusCode);

            using var paused = await system.Http.PostAsync("/v1/streams/e2e-crud/pause", null);
            Assert.Equal("paused", (await paused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
            using var resumed = await system.Http.PostAsync("/v1/streams/e2e-crud/resume", null);
            Assert.NotEqual("paused", (await resumed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        }
        finally
        {
            using var removed = await system.Http.DeleteAsync("/v1/streams/e2e-crud");
            Assert.Equal(204, (int)removed.StatusCode);
        }

        using var gone = await system.Http.GetAsync("/v1/streams/e2e-crud");
        Assert.Equal(404, (int)gone.StatusCode);
    }

    [Fact]
    public async Task ReadersThatLeave_AreNoFailure()
    {
        for (var i = 0; i < 5; i++)
        {
            await ReadEventsAsync("carpark", count: 1, lastEventId: null);
        }

        // A reader's leaving has been dealt with by the time later answers have reached another.
        await ReadEventsAsync("carpark", count: 4, lastEventId: null);

        Assert.DoesNotContain("/answers failed", system.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveFrame_IsAJpeg()
    {
        await ReadEventsAsync("carpark", count: 1, lastEventId: null);

        var bytes = await system.Http.GetByteArrayAsync("/v1/streams/carpark/frame.jpg");

        Assert.Equal((byte[])[0xFF, 0xD8, 0xFF], bytes[..3]);
    }

    [Theory]
    [InlineData("questions", "[]")]
    [InlineData("fps", "1000")]
    [InlineData("sla_class", "\"gold\"")]
    [InlineData("deadline_ms", "0")]
    [InlineData("min_tokens", "5")]
    [InlineData("source", "\"/etc/passwd\"")]
    [InlineData("id", "\"a/b\"")]
    public async Task BadField_IsNamed(string field, string value)
    {
        var spec = Spec("e2e-bad");
        spec[field] = JsonNode.Parse(value);

        using var response = await system.Http.PostAsJsonAsync("/v1/streams", spec);

        Assert.Equal(400, (int)response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.StartsWith(field, error.GetProperty("param").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SourceThatIsNoVideo_FailsAloneAndSaysWhy()
    {
        var spec = Spec("e2e-novideo");
        spec["source"] = Repository.Clip("carpark.truth.json");
        using var created = await system.Http.PostAsJsonAsync("/v1/streams", spec);
        Assert.Equal(201, (int)created.StatusCode);
        try
        {
            JsonElement status = default;
            await Wait.UntilAsync(async () =>
            {
                status = await system.Http.GetFromJsonAsync<JsonElement>("/v1/streams/e2e-novideo");
                return status.GetProperty("state").GetString() is not ("connecting" or "reconnecting");
            }, () => $"the stream to give up; it is {status}");
            Assert.Equal("failed", status.GetProperty("state").GetString());
            Assert.NotEqual("", status.GetProperty("last_error").GetString());
            Assert.NotEmpty(await ReadEventsAsync("carpark", count: 1, lastEventId: null));
        }
        finally
        {
            using var removed = await system.Http.DeleteAsync("/v1/streams/e2e-novideo");
        }
    }

    private static JsonObject Spec(string id) => new()
    {
        ["id"] = id,
        ["source"] = Repository.Clip("carpark.mp4"),
        ["questions"] = new JsonArray("How many cars are there?"),
        ["fps"] = 2,
        ["sla_class"] = "flex",
        ["min_tokens"] = 4,
        ["max_tokens"] = 144,
    };

    /// <summary>Events of a stream's feed: those after the id given, or new ones.</summary>
    private async Task<List<(string Id, JsonElement Data)>> ReadEventsAsync(string stream, int count, string? lastEventId)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/streams/{stream}/answers");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await system.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        var events = new List<(string, JsonElement)>();
        string? id = null;
        while (events.Count < count && await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && id is not null)
            {
                events.Add((id, JsonDocument.Parse(line[6..]).RootElement));
                id = null;
            }
        }

        return events;
    }
}

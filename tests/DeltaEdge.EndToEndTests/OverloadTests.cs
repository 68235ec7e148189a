using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

/// <summary>Far past what even one visual token per frame can serve: refusals that say when to come back, answers that say whether they were late, and nothing wedged.</summary>
public sealed class OverloadTests(EmbeddedSystemFixture system)
{
    [Fact]
    public async Task PastCapacity_RefusesWithRetryAfterAndRecovers()
    {
        var image = File.ReadAllBytes(Repository.Sample("carpark.jpg"));

        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => AskAsync(image)));

        Assert.All(results, r => Assert.Contains(r.Status, (int[])[200, 503, 504]));
        var refused = results.Where(r => r.Status == 503).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, r => Assert.Equal("server_overloaded", r.Code));
        Assert.All(refused, r => Assert.True(r.RetryAfter >= TimeSpan.FromSeconds(1), $"Retry-After is {r.RetryAfter}."));
        Assert.All(results.Where(r => r.Status == 200), r => Assert.True(r.IsHonest, "on_time does not agree with the answer's age."));

        await Wait.UntilAsync(async () => (await AskAsync(image)).Status == 200, () => "an answer after the overload");
    }

    /// <summary>Asks about an image of its own each time: a shared encoding would make it light work.</summary>
    private async Task<(int Status, string? Code, TimeSpan? RetryAfter, bool IsHonest)> AskAsync(byte[] image, int tries = 20)
    {
        var own = (byte[])image.Clone();
        Random.Shared.NextBytes(own.AsSpan(own.Length / 2, 4));
        var body = Chat.Body(own, "Is there a red car?", new JsonObject { ["sla_class"] = "priority" });
        using var response = await system.Http.PostAsJsonAsync("/v1/chat/completions", body);
        if ((int)response.StatusCode == 400 && tries > 1)
        {
            // The scribble broke the image; any other ask will do.
            return await AskAsync(image, tries - 1);
        }

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        var code = answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null;
        var isHonest = answer.TryGetProperty("deltaedge", out var info)
            && info.GetProperty("on_time").GetBoolean() == info.GetProperty("capture_age_ms").GetDouble() <= info.GetProperty("deadline_ms").GetInt32();
        return ((int)response.StatusCode, code, response.Headers.RetryAfter?.Delta, isHonest);
    }
}

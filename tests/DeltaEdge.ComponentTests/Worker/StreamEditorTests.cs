using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Worker;

public sealed class StreamEditorTests
{
    /// <summary>A worker that has read nothing cannot say that there is no such stream.</summary>
    [Fact]
    public async Task SharedStateIsAway_NoStreamIsSaidToBeMissing()
    {
        RedisServer.SkipIfMissing();
        await using var redis = await RedisServer.StartAsync();
        redis.Kill();
        using var worker = await HostProcess.StartAsync("DeltaEdge.Worker", redis.ConnectionString);
        using var http = new HttpClient { BaseAddress = worker.Address, Timeout = Wait.Limit };

        Assert.Equal((503, "shared_state_unavailable"), await RefusalAsync(http.GetAsync("/v1/streams/gate")));
        Assert.Equal((503, "shared_state_unavailable"), await RefusalAsync(http.PatchAsJsonAsync("/v1/streams/gate", new { fps = 1 })));
        Assert.Equal((503, "shared_state_unavailable"), await RefusalAsync(http.PostAsync("/v1/streams/gate/pause", null)));
        Assert.Equal((503, "shared_state_unavailable"), await RefusalAsync(http.PostAsync("/v1/streams/gate/resume", null)));
        Assert.Equal((503, "shared_state_unavailable"), await RefusalAsync(http.DeleteAsync("/v1/streams/gate")));
    }

    private static async Task<(int Status, string? Code)> RefusalAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
    }
}

using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

public sealed class MetricsTests(EmbeddedSystemFixture system)
{
    [Fact]
    public async Task Metrics_ShowWhatEveryRoleMeasures()
    {
        var (status, _, _) = await Chat.PostAsync(system.Http, Chat.Body(File.ReadAllBytes(Repository.Sample("carpark.jpg")), "Is there a red car?"));
        Assert.Equal(200, status);

        var text = await system.Http.GetStringAsync("/metrics");

        foreach (var name in (string[])
        [
            "deltaedge_frame_latency_seconds_bucket", "deltaedge_frames_total", "deltaedge_answers_total", "deltaedge_visual_tokens_total",
            "deltaedge_budget_tokens", "deltaedge_controller_state", "deltaedge_queue_depth", "deltaedge_stream_state", "deltaedge_batch_size",
        ])
        {
            Assert.Contains("\n" + name, "\n" + text, StringComparison.Ordinal);
        }

        foreach (var edge in (string[])["0.3", "0.5", "5"])
        {
            Assert.Contains($"le=\"{edge}\"", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Health_IsGood(string path)
    {
        using var response = await system.Http.GetAsync(path);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task LivePage_IsServed()
    {
        using var response = await system.Http.GetAsync("/");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("<title>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_PrintsWhereToLook()
    {
        Assert.Contains("/metrics", system.Printed, StringComparison.Ordinal);
        Assert.Contains("curl ", system.Printed, StringComparison.Ordinal);
    }
}

using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>No answer after its deadline that does not say so, and none below its floor, while demand is several times what can be served.</summary>
public sealed class Promise01_NothingIsSilentlyLate(Findings findings)
{
    private const int Floor = 16;
    private const int DeadlineMs = 400;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    [Fact(Explicit = true)]
    public async Task Overload_EveryLateAnswerSaysSoAndNoneIsBelowItsFloor()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        string[] cameras = ["c1", "c2", "c3", "c4"];
        for (var i = 0; i < cameras.Length; i++)
        {
            await cluster.AddStreamAsync(Cameras.Clip(cameras[i], i, fps: 3, "priority", Floor));
        }

        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 120, new ChatTerms("default", Floor, 576, DeadlineMs));
        await Wait.ForAsync(Length);
        var asks = await load.FinishAsync();

        var answered = asks.Where(a => a.Status == 200).ToArray();
        var late = answered.Where(a => a.CaptureAgeMs > a.DeadlineMs).ToArray();
        Assert.All(late, a => Assert.False(a.OnTime, $"An answer {a.CaptureAgeMs} ms after capture calls itself on time for {a.DeadlineMs} ms."));
        double[] beyond = [.. answered.Where(a => a.OnTime).Select(a => a.LatencyMs - a.DeadlineMs).Where(ms => ms > 0).Order()];
        Assert.All(answered, a => Assert.InRange(a.Budget, Floor, 576));
        Outcomes.AssertNoneFailed(asks, 200, 503, 504);

        var (streamed, streamedLate) = (0, 0);
        foreach (var camera in cameras)
        {
            var page = await cluster.GetAsync($"/v1/streams/{camera}/answers?limit=500");
            foreach (var answer in page.GetProperty("data").EnumerateArray())
            {
                var info = answer.GetProperty("deltaedge");
                var outcome = answer.GetProperty("outcome").GetString();
                var isLate = info.GetProperty("capture_age_ms").GetDouble() > info.GetProperty("deadline_ms").GetInt32();
                Assert.True(!isLate || (!info.GetProperty("on_time").GetBoolean() && outcome != "on_time"), $"A late answer calls itself {outcome}: {answer}");
                Assert.True(info.GetProperty("budget").GetInt32() is 0 or >= Floor, $"Below the floor: {answer}");
                streamed++;
                streamedLate += outcome == "late" ? 1 : 0;
            }
        }

        Assert.True(answered.Length > 0 && streamed > 0, $"Nothing was answered: {Outcomes.Statuses(asks)}, {streamed} from streams.");
        findings.Add(1, "asks of images under overload, by status", $"{Outcomes.Statuses(asks)}");
        findings.Add(1, "answers late, all marked so", $"{late.Length} of {answered.Length} asks, {streamedLate} of {streamed} from streams", "none unmarked");
        findings.Add(1, "answers that call themselves on time and came after the deadline by the client's own clock", $"{beyond.Length} of {answered.Count(a => a.OnTime)}, by {beyond.LastOrDefault():F0} ms at most");
        findings.Add(1, "answers below their floor", $"0 of {answered.Length + streamed}", "0");
    }
}

using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>What readers and askers notice when workers die or stop: real processes over a real Redis.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task WorkerIsKilled_ItsStreamsAnswerElsewhereAndReadersSeeEveryIdOnce()
    {
        await using var all = await TwoWorkers.StartAsync();
        using var reading = new CancellationTokenSource(2 * Wait.Limit);
        var seen = await Task.WhenAll(TwoWorkers.Cameras.Select(c => SseLog.OpenAsync(all.Http, c, reading.Token)));
        await Task.WhenAll(seen.Select(s => s.UntilAsync(a => a.Worker == "w1")));

        all.First.Kill();

        await Task.WhenAll(seen.Select(s => s.UntilAsync(a => a.Worker == "w2")));
        Assert.All(seen, s => Assert.Equal(s.Ids.Order().Distinct(), s.Ids));
        Assert.All(seen, s => s.Dispose());
    }

    [Fact]
    public async Task WorkerIsToldToStop_ItHandsItsStreamsOverAndEndsWell()
    {
        await using var all = await TwoWorkers.StartAsync();

        all.First.Terminate();

        await HasHandedOverAsync(all);
    }

    [Fact]
    public async Task WorkerIsToldToStopWhileItIsAsked_ItAnswersWhatItHasBegunAndHandsItsStreamsOver()
    {
        await using var all = await TwoWorkers.StartAsync();
        using var direct = new HttpClient { BaseAddress = all.First.Address, Timeout = Wait.Limit };
        var begun = Enumerable.Range(0, 16).Select(_ => Nano.AskAsync(direct, budget: 576)).ToArray();
        await Task.WhenAny(begun); // The others are behind it, in the same worker's queue.
        Assert.Contains(begun, a => !a.IsCompleted);

        all.First.Terminate();
        var later = Enumerable.Range(0, 8).Select(_ => Nano.AskAsync(all.Http)).ToArray();

        foreach (var ask in begun.Concat(later))
        {
            using var answer = await ask;
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }

        await HasHandedOverAsync(all);
    }

    private static async Task HasHandedOverAsync(TwoWorkers all)
    {
        await Wait.UntilAsync(() => all.First.HasExited, () => $"w1 to end. It said:\n{all.First.Output}");
        Assert.Equal(0, all.First.ExitCode);
        Assert.Equal(TwoWorkers.Cameras.Order().Select(c => (c, (string?)"w2")), await all.StreamsAsync());
    }
}

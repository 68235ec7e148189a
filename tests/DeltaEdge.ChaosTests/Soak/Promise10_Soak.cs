using System.Globalization;
using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Evaluation.Reports;

namespace DeltaEdge.ChaosTests.Soak;

/// <summary>
/// Hours of ordinary work leave nothing behind: memory, handles, threads and children of every process stay flat, while cameras come
/// and go, clients leave in the middle, and asks never end. <c>make soak MINUTES=30</c>.
/// </summary>
public sealed class Promise10_Soak(Findings findings)
{
    private const double WarmShare = 0.3;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);

    [Fact(Explicit = true)]
    public async Task OrdinaryWork_LeavesNothingBehind()
    {
        var length = TimeSpan.FromMinutes(Knobs.SoakMinutes);
        await using var cluster = await ChaosCluster.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await cluster.AddStreamAsync(Cameras.Clip($"c{i}", i, fps: 1));
        }

        using var stop = new CancellationTokenSource();
        await using var reader = AnswerReader.Start(cluster.Gateways, "c0");
        var restless = RestlessAsync(cluster, stop.Token);
        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 4, new ChatTerms("flex", 1, 144), new ChatTerms("default", 1, 64));
        var record = new SoakRecord(cluster);
        while (load.Elapsed < length)
        {
            await record.SampleAsync(load.Elapsed);
            await Wait.ForAsync(Between);
        }

        await stop.CancelAsync();
        var passed = await restless;
        var asks = await load.FinishAsync();
        var warm = length.TotalMinutes * WarmShare;
        Write(record, length, warm);

        var trends = record.Trends(warm);
        foreach (var kind in trends.GroupBy(t => t.What))
        {
            var worst = kind.MaxBy(t => t.Growth / t.Bound)!;
            findings.Add(
                10, $"soak: most growth of {kind.Key}", $"{worst.Growth:0.##} {worst.Unit} in {length.TotalMinutes - warm:0.#} minutes ({worst.Process}; median {worst.Median:0.#})",
                string.Create(CultureInfo.InvariantCulture, $"{worst.Bound:0.#} {worst.Unit}"));
        }

        findings.Add(10, "soak: work done", $"{asks.Length} asks ({Outcomes.Statuses(asks)}), {reader.Answers.Count()} answers of one camera read, {passed} cameras came and went");
        Outcomes.AssertNoneFailed(asks, 200, 503, 504);
        Assert.All(trends, t => Assert.True(t.Growth <= t.Bound, $"{t.Process}: {t.What} grows by {t.Growth:0.##} {t.Unit} over the measured time; the bound is {t.Bound:0.#}."));
    }

    /// <summary>Cameras that are added and removed, and readers that leave in the middle of an event stream.</summary>
    private static async Task<int> RestlessAsync(ChaosCluster cluster, CancellationToken stop)
    {
        var times = 0;
        using var hasty = new HttpClient { Timeout = TimeSpan.FromMilliseconds(300) };
        for (; !stop.IsCancellationRequested; times++)
        {
            var id = $"passing-{times}";
            await cluster.AddStreamAsync(Cameras.Clip(id, times, fps: 1));
            await using (AnswerReader.Start(cluster.Gateways, id))
            {
                await Task.Delay(Between, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await LeaveAsync(hasty, new Uri(cluster.Gateway, "/v1/streams/c1/answers"));
            await cluster.RemoveStreamAsync(id);
        }

        return times;
    }

    private static async Task LeaveAsync(HttpClient hasty, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/event-stream");
        try
        {
            using var response = await hasty.SendAsync(request);
        }
        catch (OperationCanceledException)
        {
            // As intended: the client has left while the stream went on.
        }
    }

    private static void Write(SoakRecord record, TimeSpan length, double warm)
    {
        Directory.CreateDirectory(Findings.Folder);
        File.WriteAllText(Path.Combine(Findings.Folder, "soak.svg"), SoakFigure.Draw(string.Create(CultureInfo.InvariantCulture, $"A soak of {length.TotalMinutes:0.#} minutes"), record.Lines, warm));
        var rows = record.Trends(warm).Select(t => (System.Collections.Immutable.ImmutableArray<ReportCell>)
        [
            new(t.Process), new(t.What), new(t.Median.ToString("0.#", CultureInfo.InvariantCulture)),
            new(t.Growth.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture)), new(t.Bound.ToString("0.#", CultureInfo.InvariantCulture)), new(t.Unit),
        ]);
        var table = new ReportTable("Soak", ["process", "what", "median", "growth", "bound", "unit"], [.. rows], TextColumns: 2);
        File.WriteAllText(Path.Combine(Findings.Folder, "soak.md"), MarkdownTable.Render(table));
    }
}

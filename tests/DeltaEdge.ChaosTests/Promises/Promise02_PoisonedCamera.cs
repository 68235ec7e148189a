using System.Globalization;
using System.Text.Json;
using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Evaluation.Statistics;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>
/// A dead, a slow and a malformed camera beside 32 healthy ones: the healthy ones' p99 does not move by more than 5 %. Windows with
/// and without poison alternate, so that a machine that changes its speed meets both alike; p99 is of all answers of each kind of
/// window, its interval from resampled pairs. Beside it stands the processor time that the cluster took for an answer, which the
/// machine's pauses do not blur. What is held against the bound is the lower end of each ratio's 95 % interval, because a busy
/// machine must not fail the test by its noise. Every latency goes to <c>artifacts/chaos/poison.csv</c>.
/// </summary>
public sealed class Promise02_PoisonedCamera(Findings findings)
{
    private const int Healthy = 32;
    private const double MostRatio = 1.05;
    private const int Resamples = 1000;

    /// <summary>Keeps two cores about half busy: at a machine's capacity anything at all moves the tail.</summary>
    private const int MostTokens = 16;

    /// <summary>What adding or removing a stream costs is not what the window measures.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private static readonly int Pairs = Knobs.PoisonPairs;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(Knobs.PoisonWindowSeconds);

    [Fact(Explicit = true)]
    public async Task DeadSlowAndMalformed_LeaveTheOthersAlone()
    {
        await using var slow = PoisonCamera.Slow();
        await using var malformed = PoisonCamera.Malformed(seed: 1);
        (string Id, string Url)[] poison = [("dead", PoisonCamera.DeadUrl()), ("slow", slow.Url), ("malformed", malformed.Url)];
        await using var cluster = await ChaosCluster.StartAsync(o => o with
        {
            Settings = new Dictionary<string, string>
            {
                ["DeltaEdge:Streams:CaptureFps"] = "1",
                ["DeltaEdge:Streams:ReconnectMaxSeconds"] = "2",
                ["DeltaEdge:Quality:Probes"] = "false", // They take turns with answers, and are not what is compared here.
            },
        });
        for (var i = 0; i < Healthy; i++)
        {
            var camera = Cameras.Clip($"h{i:00}", i, fps: 0.25);
            camera["max_tokens"] = MostTokens;
            await cluster.AddStreamAsync(camera);
        }

        var asked = 0;
        var started = await Wait.UntilAsync(async () => (asked = await AskedAsync(cluster)) == Healthy, () => $"every healthy camera to be asked about; {asked} were");
        var without = new List<PoisonWindow>();
        var with = new List<PoisonWindow>();
        using var record = NewRecord();
        for (var pair = 0; pair < Pairs; pair++)
        {
            without.Add(await MeasureAsync(cluster));
            foreach (var (id, url) in poison)
            {
                await cluster.AddStreamAsync(Cameras.Spec(id, url, "How many cars are there?", fps: 1));
            }

            with.Add(await MeasureAsync(cluster));
            foreach (var (id, _) in poison)
            {
                await cluster.RemoveStreamAsync(id);
            }

            Write(record, pair, "without", without[^1]);
            Write(record, pair, "with", with[^1]);
        }

        var (low, middle, high) = Ratio(without, with);
        findings.Add(2, $"p99 of {Healthy} healthy cameras, with poison over without, {Pairs} pairs of windows of {Window.TotalSeconds:F0} s", $"{middle:F3} (95 %: {low:F3} to {high:F3})", MostRatio.ToString(CultureInfo.InvariantCulture));
        var (leastCost, cost, mostCost) = ProcessorTimeRatio(without, with);
        findings.Add(2, "processor time of the whole cluster per answer, with poison over without", $"{cost:F3} (95 %: {leastCost:F3} to {mostCost:F3})", MostRatio.ToString(CultureInfo.InvariantCulture));
        findings.Add(2, $"{Healthy} cameras added together, until each was asked about", $"{started.TotalSeconds:F1} s");
        findings.Add(2, "p99 of the healthy cameras", $"{P99(without):F0} ms without, {P99(with):F0} ms with poison, of {without.Sum(w => w.Latencies.Length)} and {with.Sum(w => w.Latencies.Length)} answers");
        findings.Add(2, "times the malformed and the slow camera were called, and those by a reader", $"{malformed.Connections} and {slow.Connections}, {malformed.Readers} and {slow.Readers}");
        Assert.True(malformed.Connections > 0 && slow.Connections > 0, "The poisoned cameras were never opened.");
        Assert.InRange(low, 0, MostRatio);
        Assert.InRange(leastCost, 0, MostRatio);
    }

    /// <summary>Cameras that were asked about. One request and no more often than needed: the machine is short of processor time just then.</summary>
    private static async Task<int> AskedAsync(ChaosCluster cluster)
    {
        await Wait.ForAsync(TimeSpan.FromSeconds(0.25));
        var list = await cluster.GetAsync("/v1/streams");
        return list.ValueKind != JsonValueKind.Object ? 0 : list.GetProperty("data").EnumerateArray().Count(s => s.GetProperty("frames").GetProperty("asked").GetInt64() > 0);
    }

    private static async Task<PoisonWindow> MeasureAsync(ChaosCluster cluster)
    {
        var seen = new Dictionary<string, long>();
        await Wait.ForAsync(Settling);
        await LatenciesAsync(cluster, seen);
        var before = Processor(cluster);
        await Wait.ForAsync(Window);
        var processor = Processor(cluster) - before;
        var latencies = await LatenciesAsync(cluster, seen);
        Assert.True(latencies.Length >= Healthy, $"Only {latencies.Length} answers in {Window.TotalSeconds} s.");
        return new PoisonWindow(latencies, processor);
    }

    private static double Processor(ChaosCluster cluster) => cluster.Local.Roles.Sum(r => ProcessorTime.OfTree(r.Id));

    /// <summary>p99 with over p99 without, and the ends of its 95 % interval: pairs are resampled, so that what a window's answers share stays together.</summary>
    private static (double Low, double Middle, double High) Ratio(List<PoisonWindow> without, List<PoisonWindow> with)
    {
        var random = new Random(1);
        var ratios = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            int[] drawn = [.. Enumerable.Range(0, with.Count).Select(_ => random.Next(with.Count))];
            ratios[i] = P99(drawn.Select(d => with[d])) / P99(drawn.Select(d => without[d]));
        }

        Array.Sort(ratios);
        var tail = SmallSample.Tail(with.Count);
        return (Percentile.NearestRank(ratios, tail), P99(with) / P99(without), Percentile.NearestRank(ratios, 1 - tail));
    }

    /// <summary>Geometric mean of the pairs' ratios and its 95 % interval: what poison costs, on a scale that the machine's pauses do not blur.</summary>
    private static (double Low, double Middle, double High) ProcessorTimeRatio(List<PoisonWindow> without, List<PoisonWindow> with)
    {
        double[] logs = [.. with.Zip(without, (w, o) => Math.Log(w.ProcessorPerAnswer / o.ProcessorPerAnswer))];
        var mean = logs.Average();
        var reach = SmallSample.Student(logs.Length - 1) * Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Length - 1) / logs.Length);
        return (Math.Exp(mean - reach), Math.Exp(mean), Math.Exp(mean + reach));
    }

    private static double P99(IEnumerable<PoisonWindow> windows) => Percentile.NearestRank([.. windows.SelectMany(w => w.Latencies).Order()], 0.99);

    private static StreamWriter NewRecord()
    {
        Directory.CreateDirectory(Findings.Folder);
        var writer = new StreamWriter(Path.Combine(Findings.Folder, "poison.csv")) { AutoFlush = true };
        writer.WriteLine("pair,poison,latency_ms");
        return writer;
    }

    private static void Write(StreamWriter record, int pair, string poison, PoisonWindow window)
    {
        foreach (var latency in window.Latencies)
        {
            record.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pair},{poison},{latency:F1}"));
        }
    }

    /// <summary>Rising latencies of the healthy cameras' answers since the ids seen, which move on.</summary>
    private static async Task<double[]> LatenciesAsync(ChaosCluster cluster, Dictionary<string, long> seen)
    {
        var latencies = new List<double>();
        for (var i = 0; i < Healthy; i++)
        {
            var id = $"h{i:00}";
            var page = await cluster.GetAsync($"/v1/streams/{id}/answers?limit=500&after={seen.GetValueOrDefault(id)}");
            if (page.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (var answer in page.GetProperty("data").EnumerateArray().Where(a => a.GetProperty("answer").ValueKind == JsonValueKind.String))
            {
                latencies.Add(answer.GetProperty("deltaedge").GetProperty("capture_age_ms").GetDouble());
                seen[id] = answer.GetProperty("id").GetInt64();
            }
        }

        return [.. latencies.Order()];
    }
}

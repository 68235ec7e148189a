using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

/// <summary>A real Prometheus scrapes the running system: whatever a dashboard or a rule asks, it has the answer.</summary>
public sealed partial class PrometheusTests(EmbeddedSystemFixture system)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(250);
    private static readonly string Folder = Repository.PathOf("k8s", "monitoring");

    [Fact]
    public async Task EveryPanelAndEveryRule_HasData()
    {
        PrometheusServer.SkipIfMissing();
        await using var prometheus = await PrometheusServer.StartAsync(system.Address, Path.Combine(Folder, "rules"), Path.Combine(Folder, "relabel-vllm.yaml"));
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await SetLoadAsync(4);
            await UntilAllHaveDataAsync(prometheus, [.. PanelQueries(), .. RecordingRules(), .. KnownToOthers], limit.Token);
        }
        finally
        {
            await SetLoadAsync(0);
        }

        var rules = await prometheus.RulesAsync(limit.Token);
        while (rules.Any(r => r.Health == "unknown"))
        {
            await Task.Delay(Probe, TimeProvider.System, limit.Token);
            rules = await prometheus.RulesAsync(limit.Token);
        }

        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "rules", "alerts.yaml")).Split("- alert: ").Length - 1, rules.Count(r => r.Name.StartsWith("DeltaEdge", StringComparison.Ordinal)));
        Assert.All(rules, r => Assert.True(r.Health == "ok", $"{r.Name}: {r.Health}, {r.Error}"));
    }

    private static string[] KnownToOthers => ["vllm:num_requests_running", "vllm:num_requests_waiting", "vllm:e2e_request_latency_seconds_bucket", "vllm:mm_cache_queries"];

    /// <summary>With all of each variable chosen, as a dashboard begins.</summary>
    private static IEnumerable<string> PanelQueries() => Directory.GetFiles(Path.Combine(Folder, "dashboards"), "*.json")
        .SelectMany(f => JsonNode.Parse(File.ReadAllText(f))!["panels"]!.AsArray())
        .SelectMany(p => p!["targets"]!.AsArray())
        .Select(t => Variable().Replace(t!["expr"]!.GetValue<string>().Replace("$__rate_interval", "10s", StringComparison.Ordinal), ".*"));

    private static IEnumerable<string> RecordingRules() => Recorded().Matches(File.ReadAllText(Path.Combine(Folder, "rules", "recording.yaml"))).Select(m => m.Groups[1].Value);

    /// <summary>Asks again until each query has given a number once; Prometheus gives no signal.</summary>
    private static async Task UntilAllHaveDataAsync(PrometheusServer prometheus, IReadOnlyList<string> queries, CancellationToken cancellationToken)
    {
        Assert.NotEmpty(queries);
        var missing = queries.ToList();
        try
        {
            while (missing.Count > 0)
            {
                var left = new List<string>();
                foreach (var query in missing)
                {
                    if (!(await prometheus.QueryAsync(query, cancellationToken)).Any(v => !double.IsNaN(v)))
                    {
                        left.Add(query);
                    }
                }

                missing = left;
                await Task.Delay(Probe, TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"No data within {Limit.TotalSeconds:F0} s for:\n{string.Join('\n', missing)}");
        }
    }

    private async Task SetLoadAsync(double perSecond)
    {
        using var content = new StringContent(new JsonObject { ["asks_per_second"] = perSecond }.ToJsonString(), null, "application/json");
        using var response = await system.Http.PutAsync("/demo/load", content);
        response.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Variable();

    [GeneratedRegex(@"- record: (\S+)")]
    private static partial Regex Recorded();
}

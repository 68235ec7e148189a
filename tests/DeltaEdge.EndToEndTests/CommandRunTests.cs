using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

/// <summary>Commands that take longer than a question, from their start to their end.</summary>
public sealed partial class CommandRunTests : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-command-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Cluster_AnswersUntilItIsStoppedAndLeavesNothingRunning()
    {
        Prerequisite.RequireProgram("redis-server", "redis-server");
        var lines = new ConcurrentQueue<string>();
        using var cluster = DeltaEdgeProcess.Start("cluster", "--workers", "1", "--gateways", "1", "--logs", _folder.FullName);
        try
        {
            using var http = new HttpClient { BaseAddress = await DeltaEdgeProcess.ReadAddressAsync(cluster, lines, StartLimit) };
            var image = await File.ReadAllBytesAsync(Repository.Sample("carpark.jpg"));
            var status = 0;
            await Wait.UntilAsync(async () =>
            {
                using var response = await http.PostAsJsonAsync("/v1/chat/completions", Chat.Body(image, "Is there a red car?"));
                return (status = (int)response.StatusCode) == 200;
            }, () => $"an answer; the last was {status}");

            int[] processes = [.. lines.Select(l => ProcessId().Match(l)).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].Value))];
            Assert.Equal(4, processes.Length); // Worker, gateway, controller, Redis.
            Assert.All(processes, id => Assert.True(IsRunning(id)));

            await Process.Start("kill", ["-TERM", $"{cluster.Id}"]).WaitForExitAsync();
            await cluster.WaitForExitAsync().WaitAsync(Wait.Limit);

            Assert.Equal(0, cluster.ExitCode);
            Assert.All(processes, id => Assert.False(IsRunning(id)));
        }
        finally
        {
            cluster.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task BenchOfACluster_TakesAWorkerAndSharedStateAwayAndGivesThemBack()
    {
        Prerequisite.RequireProgram("redis-server", "redis-server");
        var (exitCode, output, errors) = await DeltaEdgeProcess.RunAsync(
            "bench", "--workers", "2", "--workload", "w7-worker-loss", "w8-shared-state-rho0.4", "--seconds", "19", "--capacity", "8", "--policy", "deltaedge", "--out", _folder.FullName);

        Assert.True(exitCode == 0, errors);
        Assert.Equal((3, 2), (Count("worker-1.log", "Now listening on"), Count("worker-2.log", "Now listening on"))); // One start a run, and one after the loss.
        Assert.Equal(3, Count("redis.log", "Ready to accept connections")); // The same, after the outage.
        foreach (var run in JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "summaries.json"))).RootElement.EnumerateArray())
        {
            Assert.True(run.GetProperty("attainment").GetDouble() > 0.5, output);
        }
    }

    [Fact]
    public async Task Capacity_SaysForEachBudgetWhatThisMachineTakes()
    {
        var (exitCode, output, errors) = await DeltaEdgeProcess.RunAsync("capacity", "--quick", "--json", "--out", _folder.FullName);

        Assert.True(exitCode == 0, errors);
        var budgets = JsonDocument.Parse(output).RootElement.GetProperty("budgets").EnumerateArray().ToArray();
        Assert.Equal([576, 144, 64, 36, 16, 4, 1], budgets.Select(b => b.GetProperty("budget").GetInt32()));
        Assert.True(budgets[^1].GetProperty("streams").GetInt32() >= budgets[0].GetProperty("streams").GetInt32(), output);
        Assert.Equal(["capacity.json", "latency-profile.svg"], _folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    private int Count(string log, string line) => File.ReadLines(Path.Combine(_folder.FullName, "logs", log)).Count(l => l.Contains(line, StringComparison.Ordinal));

    private static bool IsRunning(int id) => Directory.Exists($"/proc/{id}") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    [GeneratedRegex(@" process (\d+)$")]
    private static partial Regex ProcessId();
}

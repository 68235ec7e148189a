using System.Diagnostics;
using DeltaEdge.ComponentTests.ModelCompiler;

namespace DeltaEdge.ComponentTests.Bench;

public sealed class BenchWorkloadTests
{
    [Theory]
    [InlineData("w7-worker-loss")]
    [InlineData("w7-worker-loss", "--workers", "1")]
    [InlineData("w8-shared-state")]
    public async Task WorkloadThatTakesSomethingAway_WantsACluster(string workload, params string[] more)
    {
        using var folder = new TemporaryDirectory();
        string[] arguments = ["bench", "--workload", workload, "--policy", "fixed-36", "--capacity", "10", "--out", folder.Path, .. more];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "deltaedge.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bench = Process.Start(start)!;
        try
        {
            var errors = await bench.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.Contains("say --workers 2", errors, StringComparison.Ordinal);
        }
        finally
        {
            bench.Kill(entireProcessTree: true);
            await bench.WaitForExitAsync(CancellationToken.None);
        }
    }
}

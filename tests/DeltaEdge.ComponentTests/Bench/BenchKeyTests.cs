using System.Diagnostics;
using DeltaEdge.ComponentTests.Fabric.Keys;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.Gateway;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.ComponentTests.Bench;

/// <summary><c>deltaedge bench --url</c> at a gateway that asks for keys.</summary>
public sealed class BenchKeyTests
{
    [Fact]
    public async Task KeyOfTheEnvironment_GoesWithEveryRequest()
    {
        using var folder = new TemporaryDirectory();
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:Keys", "required"));
        var worker = await gateway.AddWorkerAsync("w1");
        var (key, text) = await gateway.Keys.AddNewAsync(k => k with { SeesMetrics = true });
        string[] arguments = ["bench", "--url", gateway.Http.BaseAddress!.ToString(), "--workload", "w1-rho0.6", "--seconds", "1", "--out", folder.Path];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "deltaedge.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
            Environment = { ["DELTAEDGE_API_KEY"] = text },
        };
        using var bench = Process.Start(start)!;
        var said = Task.WhenAll(bench.StandardOutput.ReadToEndAsync(), bench.StandardError.ReadToEndAsync());
        try
        {
            await Wait.UntilAsync(() => !worker.Requests.IsEmpty || bench.HasExited, () => "an ask");
            Assert.False(worker.Requests.IsEmpty, bench.HasExited ? string.Concat(await said) : "");
        }
        finally
        {
            bench.Kill(entireProcessTree: true);
            await bench.WaitForExitAsync();
        }

        Assert.All(worker.Requests, r => Assert.Equal(key.Id, r.Headers[EdgeHeaders.Tenant]));
    }
}

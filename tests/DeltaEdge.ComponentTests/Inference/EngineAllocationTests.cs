using DeltaEdge.Inference.Asking;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>What an ask costs the heap. Counts the whole process, so it runs beside no other test.</summary>
[Collection(nameof(Alone))]
public sealed class EngineAllocationTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private const int Asks = 200;

    [Fact]
    public async Task Ask_AllocatesAtMostTwoKilobytesBesideItsRequest()
    {
        await using var host = new EngineHarness(tiny);
        var requests = Enumerable.Range(0, 2 * Asks).Select(_ => host.Request(1, 0, 16, 16, maxNewTokens: 4)).ToList();
        await AskAsync(host, requests.Take(Asks));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await AskAsync(host, requests.Skip(Asks));
        Assert.InRange((GC.GetTotalAllocatedBytes(precise: true) - before) / Asks, 0, 2048);
    }

    [Fact]
    public async Task FurtherToken_AllocatesNothing()
    {
        await using var host = new EngineHarness(tiny);
        var shorts = Enumerable.Range(0, 2 * Asks).Select(_ => host.Request(1, 1, 16, 16, maxNewTokens: 2)).ToList();
        var longs = Enumerable.Range(0, Asks).Select(_ => host.Request(1, 1, 16, 16, maxNewTokens: 66)).ToList();
        await AskAsync(host, shorts.Take(Asks));
        await AskAsync(host, longs.Take(20));
        var start = GC.GetTotalAllocatedBytes(precise: true);
        var few = await AskAsync(host, shorts.Skip(Asks));
        var middle = GC.GetTotalAllocatedBytes(precise: true);
        var many = await AskAsync(host, longs);
        var extra = (GC.GetTotalAllocatedBytes(precise: true) - middle - (middle - start)) / (double)(many - few);

        // The answer itself has to be somewhere: 4 bytes a token, and its text, twice while it is put together.
        Assert.InRange(extra, 0, 64);
    }

    private static async Task<int> AskAsync(EngineHarness host, IEnumerable<AskRequest> requests)
    {
        var tokens = 0;
        foreach (var request in requests)
        {
            tokens += (await host.Engine.AskAsync(request, default)).CompletionTokens;
        }

        return tokens;
    }
}

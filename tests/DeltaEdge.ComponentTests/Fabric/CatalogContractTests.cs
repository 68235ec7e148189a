using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>What every stream catalog promises.</summary>
public abstract class CatalogContractTests : TwoHosts
{
    [Fact]
    public async Task StreamAdded_IsSeenByTheOtherHost()
    {
        var record = FabricSamples.Record("cam", """{"source":"rtsp://a","text":"Grüße \"x\""}""");
        Assert.Equal(CatalogOutcome.Done, await One.Catalog.AddAsync(record, default));

        Assert.Equal(record with { Revision = 1 }, One.Catalog.Find("cam"));
        Assert.Equal(record with { Revision = 1 }, await Other.Catalog.FindAsync("cam", default));
        await Told.UntilAsync(Other.Catalog.CatalogChanged, () => Other.Catalog.All.Length == 1, () => "the stream");
        Assert.Equal(record with { Revision = 1 }, Other.Catalog.All[0]);
    }

    [Fact]
    public async Task NobodyRunsIt_IsCounted()
    {
        await One.Catalog.AddAsync(FabricSamples.Record("cam"), default);
        await Wait.UntilAsync(() => Other.Metrics.Contains("deltaedge_streams_unassigned 1\n", StringComparison.Ordinal), () => "the stream without an owner to be counted");

        await One.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        Assert.True((await One.Streams.ClaimAsync("cam", "w1", default)).Granted);
        await Wait.UntilAsync(() => Other.Metrics.Contains("deltaedge_streams_unassigned 0\n", StringComparison.Ordinal), () => "the owner to be seen");
    }

    [Fact]
    public async Task IdTaken_IsRefused()
    {
        await One.Catalog.AddAsync(FabricSamples.Record("cam", "1"), default);

        Assert.Equal(CatalogOutcome.Exists, await Other.Catalog.AddAsync(FabricSamples.Record("cam", "2"), default));
        Assert.Equal("1", (await Other.Catalog.FindAsync("cam", default))!.Spec);
    }

    [Fact]
    public async Task ReplacedAtItsRevision_RisesByOneAndTheLoserIsTold()
    {
        await One.Catalog.AddAsync(FabricSamples.Record("cam", "1"), default);
        var read = (await Other.Catalog.FindAsync("cam", default))!;

        Assert.Equal(CatalogOutcome.Done, await Other.Catalog.ReplaceAsync(read with { Spec = "2" }, default));
        Assert.Equal(CatalogOutcome.Changed, await One.Catalog.ReplaceAsync(read with { Spec = "3" }, default));

        await Told.UntilAsync(One.Catalog.CatalogChanged, () => One.Catalog.Find("cam") is { Spec: "2", Revision: 2 }, () => "the change");
    }

    [Fact]
    public async Task StreamRemoved_IsGoneEverywhere()
    {
        await One.Catalog.AddAsync(FabricSamples.Record("cam"), default);
        await One.Catalog.AddAsync(FabricSamples.Record("stays"), default);
        await Told.UntilAsync(Other.Catalog.CatalogChanged, () => Other.Catalog.All.Length == 2, () => "the streams");

        Assert.Equal(CatalogOutcome.Done, await One.Catalog.RemoveAsync("cam", default));

        await Told.UntilAsync(Other.Catalog.CatalogChanged, () => Other.Catalog.All is [{ StreamId: "stays" }], () => "the removal");
        Assert.Null(await Other.Catalog.FindAsync("cam", default));
        Assert.Equal(CatalogOutcome.Unknown, await Other.Catalog.RemoveAsync("cam", default));
        Assert.Equal(CatalogOutcome.Unknown, await Other.Catalog.ReplaceAsync(FabricSamples.Record("cam"), default));
    }

    [Fact]
    public async Task ManyAddTheSameId_ExactlyOneSucceeds()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? One : Other).Catalog.AddAsync(FabricSamples.Record("cam", $"{i}"), default))));

        Assert.Single(outcomes, o => o == CatalogOutcome.Done);
        Assert.Equal(15, outcomes.Count(o => o == CatalogOutcome.Exists));
    }

    [Fact]
    public async Task StreamRemoved_EndsItsOwnership()
    {
        await One.Catalog.AddAsync(FabricSamples.Record("cam"), default);
        await One.Workers.PublishAsync(FabricSamples.Report("w1"), default);
        Assert.True((await One.Streams.ClaimAsync("cam", "w1", default)).Granted);

        await Other.Catalog.RemoveAsync("cam", default);

        await Told.UntilAsync(One.Streams.OwnersChanged, () => One.Streams.Find("cam") is null, () => "the ownership to end");
    }
}

using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>What every answer log promises. Hosts keep <see cref="Kept"/> entries of a stream, or <see cref="KeptBytes"/>.</summary>
public abstract class AnswerLogContractTests : TwoHosts
{
    public const int Kept = 5;
    public const int KeptBytes = 8192;

    [Fact]
    public async Task Appended_IsReadByTheOtherHostInOrderWithRisingIds()
    {
        var owner = await ClaimAsync();
        var first = await One.Log.AppendAsync(owner, new("a", 1), FabricSamples.Answer("cam", "1"), default);
        var second = await One.Log.AppendAsync(owner, new("a", 2), FabricSamples.Rule("cam", [1, 2, 255]), default);

        var page = (await Other.Log.ReadAsync("cam", 0, 10, default))!;

        Assert.Equal(AppendOutcome.Appended, first.Outcome);
        Assert.Equal(first.Id + 1, second.Id);
        Assert.Equal([first.Id, second.Id], page.Entries.Select(e => e.Id));
        Assert.Equal(FabricSamples.Answer("cam", "1").At(first.Id), page.Entries[0]);
        Assert.Equal(second.Id, page.Entries[1].Event!.Id);
        Assert.Equal([1, 2, 255], page.Entries[1].Event!.Rule!.EvidenceJpeg);
        Assert.Equal((0, false, second.Id), (page.Missed, page.IsAnew, page.LastId));
    }

    [Fact]
    public async Task ReadAfterAnId_GivesTheRestPageByPage()
    {
        var owner = await ClaimAsync();
        var ids = await AppendAsync(owner, 1, 4);

        var page = (await Other.Log.ReadAsync("cam", ids[0], 2, default))!;
        var rest = (await Other.Log.ReadAsync("cam", page.Entries[^1].Id, 2, default))!;
        var end = (await Other.Log.ReadAsync("cam", ids[3], 2, default))!;

        Assert.Equal(ids[1..3], page.Entries.Select(e => e.Id));
        Assert.Equal(ids[3..], rest.Entries.Select(e => e.Id));
        Assert.Empty(end.Entries);
        Assert.Equal((0, false, ids[3]), (end.Missed, end.IsAnew, end.LastId));
    }

    [Fact]
    public async Task SequenceRepeated_IsAppendedOnceAndGetsItsFirstId()
    {
        var owner = await ClaimAsync();
        var ids = await AppendAsync(owner, 1, 3);

        Assert.Equal(new(AppendOutcome.Appended, ids[2]), await One.Log.AppendAsync(owner, new("a", 3), FabricSamples.Answer("cam", "again"), default));
        Assert.Equal(new(AppendOutcome.Appended, ids[1]), await One.Log.AppendAsync(owner, new("a", 2), FabricSamples.Answer("cam", "again"), default));

        Assert.Equal(["1", "2", "3"], await TextsAsync());
    }

    [Fact]
    public async Task SequenceOfAnotherWriter_IsNoRepeatAlthoughTheClaimIsTheSame()
    {
        var owner = await ClaimAsync();
        var ids = await AppendAsync(owner, 1, 3);

        Assert.Equal(owner, await ClaimAsync()); // It has come back under its name.
        var receipt = await One.Log.AppendAsync(owner, new("b", 1), FabricSamples.Answer("cam", "4"), default);

        Assert.Equal(new(AppendOutcome.Appended, ids[2] + 1), receipt);
        Assert.Equal(receipt, await One.Log.AppendAsync(owner, new("b", 1), FabricSamples.Answer("cam", "again"), default));
        Assert.Equal(["1", "2", "3", "4"], await TextsAsync());
    }

    [Fact]
    public async Task FormerOwner_IsRefusedAndTheNextGoesOnInTheSameLog()
    {
        var former = await ClaimAsync();
        var ids = await AppendAsync(former, 1, 2);
        await One.Streams.ReleaseAsync("cam", "w1", default);
        Assert.Equal(AppendOutcome.NotOwner, (await One.Log.AppendAsync(former, new("a", 3), FabricSamples.Answer("cam", "late"), default)).Outcome);
        var next = await ClaimAsync("w2");

        Assert.Equal(AppendOutcome.NotOwner, (await One.Log.AppendAsync(former, new("a", 3), FabricSamples.Answer("cam", "late"), default)).Outcome);
        Assert.Equal(ids[1] + 1, (await Other.Log.AppendAsync(next, new("a", 1), FabricSamples.Answer("cam", "3"), default)).Id);

        Assert.Equal(["1", "2", "3"], await TextsAsync());
    }

    [Fact]
    public async Task MoreThanIsKept_DropsTheOldestAndSaysHowMany()
    {
        var ids = await AppendAsync(await ClaimAsync(), 1, Kept + 3);

        var page = (await Other.Log.ReadAsync("cam", ids[0], 100, default))!;

        Assert.Equal(ids[3..], page.Entries.Select(e => e.Id));
        Assert.Equal((2, false), (page.Missed, page.IsAnew));
        Assert.Equal(0, (await Other.Log.ReadAsync("cam", 0, 100, default))!.Missed);
    }

    [Fact]
    public async Task MoreBytesThanAreKept_DropTheOldestButNeverTheNewest()
    {
        var owner = await ClaimAsync();
        var ids = new List<long>();
        foreach (var bytes in new[] { 3000, 2000, 1500, 1500, KeptBytes + 1, 100 })
        {
            ids.Add((await One.Log.AppendAsync(owner, new("a", ids.Count + 1), FabricSamples.Rule("cam", new byte[bytes]), default)).Id);
            var kept = (await Other.Log.ReadAsync("cam", 0, 100, default))!.Entries.Select(e => e.Event!.Rule!.EvidenceJpeg!.Length).ToList();
            Assert.Equal(bytes, kept[^1]);
            Assert.True(kept.Count == 1 || kept.Sum() <= KeptBytes, $"{string.Join(", ", kept)} bytes are kept.");
        }

        var page = (await Other.Log.ReadAsync("cam", ids[0], 100, default))!;
        Assert.Equal(ids[5..], page.Entries.Select(e => e.Id));
        Assert.Equal(4, page.Missed);
    }

    /// <summary>A camera that was silent for longer than its answers are kept goes on in the same log: nobody is told of a gap.</summary>
    [Fact]
    public async Task OlderThanIsKept_IsForgottenAndTheLogGoesOn()
    {
        await using var host = await StartAsync(maxAgeSeconds: 1);
        await Wait.UntilAsync(() => host.State.Reachable, () => "shared state");
        await host.Workers.PublishAsync(FabricSamples.Report("w9"), default);
        var owner = (await host.Streams.ClaimAsync("silent", "w9", default)).Owner!;
        var first = (await host.Log.AppendAsync(owner, new("a", 1), FabricSamples.Rule("silent", new byte[KeptBytes]), default)).Id;

        await Wait.UntilAsync(async () => (await host.Log.ReadAsync("silent", 0, 10, default))!.Entries.IsEmpty, () => "the answer to be forgotten");

        Assert.Equal((1, false, first), Facts((await host.Log.ReadAsync("silent", first - 1, 10, default))!));
        Assert.Equal((0, false, first), Facts((await host.Log.ReadAsync("silent", first, 10, default))!));
        foreach (var sequence in new[] { 2, 3 })
        {
            Assert.Equal(first + sequence - 1, (await host.Log.AppendAsync(owner, new("a", sequence), FabricSamples.Rule("silent", new byte[1000]), default)).Id);
        }

        var page = (await host.Log.ReadAsync("silent", first, 10, default))!;
        Assert.Equal([first + 1, first + 2], page.Entries.Select(e => e.Id)); // What is forgotten takes no room either.
        Assert.Equal((0, false, first + 2), Facts(page));
    }

    [Fact]
    public async Task StreamRemoved_TakesItsLogAlongAndTheNextBeginsAboveIt()
    {
        await One.Catalog.AddAsync(FabricSamples.Record("cam"), default);
        var owner = await ClaimAsync();
        var ids = await AppendAsync(owner, 1, 3);
        Assert.Equal(CatalogOutcome.Done, await Other.Catalog.RemoveAsync("cam", default));
        Assert.Equal((0, true, 0), Facts((await One.Log.ReadAsync("cam", ids[2], 10, default))!));

        Assert.Equal(CatalogOutcome.Done, await Other.Catalog.AddAsync(FabricSamples.Record("cam"), default));
        Assert.Equal(AppendOutcome.NotOwner, (await One.Log.AppendAsync(owner, new("a", 4), FabricSamples.Answer("cam", "late"), default)).Outcome);
        var again = await One.Log.AppendAsync(await ClaimAsync(), new("a", 4), FabricSamples.Answer("cam", "4"), default);

        Assert.True(again.Id > ids[2] + 1);
        var page = (await Other.Log.ReadAsync("cam", ids[2], 10, default))!;
        Assert.Equal((0, true, again.Id), Facts(page));
        Assert.Equal([again.Id], page.Entries.Select(e => e.Id));
    }

    [Fact]
    public async Task StreamAdded_FindsNothingOfOneThatHadItsIdBefore()
    {
        await AppendAsync(await ClaimAsync(), 1, 3);

        await Other.Catalog.AddAsync(FabricSamples.Record("cam"), default);

        Assert.Equal((0, false, 0), Facts((await One.Log.ReadAsync("cam", 0, 10, default))!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public async Task IdThatThisLogNeverGave_StartsOver(long after)
    {
        var ids = await AppendAsync(await ClaimAsync(), 1, 2);

        var page = (await Other.Log.ReadAsync("cam", after, 10, default))!;

        Assert.Equal((0, true, ids[1]), Facts(page));
        Assert.Equal(ids, page.Entries.Select(e => e.Id));
    }

    [Fact]
    public async Task NoLog_IsAnEmptyPage() => Assert.Equal((0, false, 0), Facts((await One.Log.ReadAsync("nothing", 0, 10, default))!));

    [Fact]
    public async Task ReaderWaiting_IsToldOfEveryAppendByEitherHost()
    {
        await One.Catalog.AddAsync(FabricSamples.Record("cam"), default);
        var owner = await ClaimAsync();
        var last = 0L;
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            var receipt = await One.Log.AppendAsync(owner, new("a", sequence), FabricSamples.Answer("cam", $"{sequence}"), default);
            await WaitForAsync(Other, receipt.Id, last);
            await WaitForAsync(One, receipt.Id, last);
            last = receipt.Id;
        }

        await One.Catalog.RemoveAsync("cam", default);
        await Told.UntilAsync(() => Other.Log.LogChanged("cam"), async () => (await Other.Log.ReadAsync("cam", last, 10, default))!.IsAnew, () => "the removal");
    }

    [Fact]
    public async Task ManyAppendAtOnce_EveryIdIsGivenOnce()
    {
        var owners = new List<StreamOwner>();
        for (var i = 0; i < 8; i++)
        {
            owners.Add(await ClaimAsync(stream: $"cam{i}"));
        }

        await Task.WhenAll(owners.Select(o => Task.Run(async () =>
        {
            for (var sequence = 1; sequence <= Kept; sequence++)
            {
                await One.Log.AppendAsync(o, new("a", sequence), FabricSamples.Answer(o.StreamId, $"{sequence}"), default);
            }
        })));

        foreach (var owner in owners)
        {
            var page = (await Other.Log.ReadAsync(owner.StreamId, 0, 10, default))!;
            Assert.Equal(["1", "2", "3", "4", "5"], page.Entries.Select(e => e.Answer!.Answer!));
            Assert.Equal(4, page.Entries[^1].Id - page.Entries[0].Id);
        }
    }

    private protected sealed override Task<FabricHost> StartAsync() => StartAsync(maxAgeSeconds: 3600);

    private protected abstract Task<FabricHost> StartAsync(double maxAgeSeconds);

    private static Task WaitForAsync(FabricHost host, long id, long after) => Told.UntilAsync(
        () => host.Log.LogChanged("cam"), async () => (await host.Log.ReadAsync("cam", after, 10, default))!.Entries is [var e] && e.Id == id, () => $"entry {id}");

    private static (long Missed, bool IsAnew, long LastId) Facts(LogPage page) => (page.Missed, page.IsAnew, page.LastId);

    private async Task<StreamOwner> ClaimAsync(string worker = "w1", string stream = "cam")
    {
        await One.Workers.PublishAsync(FabricSamples.Report(worker), default);
        return (await One.Streams.ClaimAsync(stream, worker, default)).Owner!;
    }

    private async Task<long[]> AppendAsync(StreamOwner owner, int from, int count)
    {
        var ids = new List<long>();
        for (var sequence = from; sequence < from + count; sequence++)
        {
            ids.Add((await One.Log.AppendAsync(owner, new("a", sequence), FabricSamples.Answer("cam", $"{sequence}"), default)).Id);
        }

        return [.. ids];
    }

    private async Task<IEnumerable<string>> TextsAsync() => (await Other.Log.ReadAsync("cam", 0, 100, default))!.Entries.Select(e => e.Answer!.Answer!);
}

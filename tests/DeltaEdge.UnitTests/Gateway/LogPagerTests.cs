using System.Collections.Immutable;
using DeltaEdge.Core.Events;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Gateway.Readers;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.UnitTests.Gateway;

/// <summary>How many reads of the store a page costs, and what it then has.</summary>
public sealed class LogPagerTests
{
    private readonly Log _log = new();

    [Fact]
    public async Task OneEntryFarBehind_CostsAReadPerHundredEntries()
    {
        _log.Add(350, StreamEvents.State);
        _log.Add(1, StreamEvents.Rule);

        var page = await ReadAsync(limit: 1);

        Assert.Equal((351L, 351L), (page.Entries.Single().Id, page.NextAfter));
        Assert.Equal(4, _log.Reads);
    }

    [Fact]
    public async Task FilterThatMatchesLittle_EndsThePageAndTheNextGoesOn()
    {
        _log.Add(LogPager.MostReads * 100, StreamEvents.State);
        _log.Add(1, StreamEvents.Rule);

        var first = await ReadAsync(limit: 1);
        Assert.Empty(first.Entries);
        Assert.Equal(LogPager.MostReads, _log.Reads);

        var second = await ReadAsync(limit: 1, first.NextAfter);
        Assert.Equal(1001, second.Entries.Single().Id);
    }

    [Fact]
    public async Task EndOfTheLog_IsNotReadTwice()
    {
        _log.Add(3, StreamEvents.Rule);

        var page = await ReadAsync(limit: 100);

        Assert.Equal((3, 3L), (page.Entries.Count, page.NextAfter));
        Assert.Equal(1, _log.Reads);
    }

    [Theory]
    [InlineData(1, 400L)]
    [InlineData(2, 200L, 400L)]
    [InlineData(5, 200L, 400L)]
    public async Task Newest_AreFoundHoweverFarBack(int count, params long[] ids)
    {
        _log.Add(199, StreamEvents.State);
        _log.Add(1, StreamEvents.Rule);
        _log.Add(199, StreamEvents.State);
        _log.Add(1, StreamEvents.Rule);
        _log.Add(7, StreamEvents.State);
        Assert.Null(LogFilter.Events.Narrow(StreamEvents.Rule, out var rules));

        var page = await new LogPager(_log).ReadLastAsync("cam", count, rules, CancellationToken.None);

        Assert.Equal(ids, page!.Entries.Select(e => e.Id));
        Assert.Equal(407, page.NextAfter);
    }

    [Fact]
    public async Task NewestOfAnEmptyLog_IsNone()
    {
        var page = await new LogPager(_log).ReadLastAsync("cam", 3, LogFilter.Events, CancellationToken.None);

        Assert.Equal((0, 0L), (page!.Entries.Count, page.NextAfter));
    }

    private async Task<FilteredPage> ReadAsync(int limit, long after = 0)
    {
        Assert.Null(LogFilter.Events.Narrow(StreamEvents.Rule, out var rules));
        return (await new LogPager(_log).ReadAsync("cam", after, limit, rules, CancellationToken.None))!;
    }

    private sealed class Log : IAnswerLog
    {
        private readonly List<LogEntry> _entries = [];

        public int Reads { get; private set; }

        public void Add(int count, string type) => _entries.AddRange(Enumerable.Range(_entries.Count + 1, count).Select(id =>
            LogEntry.Of(new StreamEvent { Type = type, StreamId = "cam", At = default, DedupeKey = "" }).At(id)));

        public ValueTask<LogPage?> ReadAsync(string streamId, long after, int max, CancellationToken cancellationToken)
        {
            Reads++;
            ImmutableArray<LogEntry> read = [.. _entries.Skip((int)after).Take(max)];
            return new(new LogPage(read, 0, false, _entries.Count));
        }

        public ValueTask<AppendReceipt> AppendAsync(StreamOwner owner, AppendKey key, LogEntry entry, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IChangeToken LogChanged(string streamId) => throw new NotSupportedException();
    }
}

using DeltaEdge.Fabric.Answers;

namespace DeltaEdge.Gateway.Readers;

/// <summary>Reads the pages that a reader asks for one by one.</summary>
internal sealed class LogPager(IAnswerLog log)
{
    /// <summary>Reads of the store for one page: what a filter wants may be anywhere, or nowhere, in a log of any length.</summary>
    public const int MostReads = 10;

    private const int FewestAtOnce = 100;

    /// <summary>How far back the newest wanted entries are looked for.</summary>
    private const int FarthestBack = 6400;

    /// <summary>
    /// Up to so many wanted entries after an id; null while shared state is out of reach. There may be fewer although more follow:
    /// the next page then goes on behind what was looked at.
    /// </summary>
    public async ValueTask<FilteredPage?> ReadAsync(string streamId, long after, int limit, LogFilter filter, CancellationToken cancellationToken)
    {
        var entries = new List<LogEntry>();
        var atOnce = Math.Max(limit, FewestAtOnce);
        long? missed = 0;
        for (var reads = 0; reads < MostReads; reads++)
        {
            if (await log.ReadAsync(streamId, after, atOnce, cancellationToken) is not { } page)
            {
                return null;
            }

            missed = page.IsAnew ? null : missed + page.Missed;
            after = page is { IsAnew: true, Entries.IsEmpty: true } ? page.LastId : after;
            foreach (var entry in page.Entries)
            {
                after = entry.Id;
                if (filter.Wants(entry))
                {
                    entries.Add(entry);
                    if (entries.Count == limit)
                    {
                        return new(entries, after, missed);
                    }
                }
            }

            if (page.Entries.Length < atOnce)
            {
                break;
            }
        }

        return new(entries, after, missed);
    }

    /// <summary>Up to so many wanted entries, the newest of the last 6400; null while shared state is out of reach. The next page has what comes from now on.</summary>
    public async ValueTask<FilteredPage?> ReadLastAsync(string streamId, int count, LogFilter filter, CancellationToken cancellationToken)
    {
        var newest = (await log.ReadAsync(streamId, 0, 1, cancellationToken))?.LastId;
        for (var back = Math.Max(count, FewestAtOnce); newest is { } last; back *= 2)
        {
            if (await log.ReadAsync(streamId, Math.Max(0, last - back), back, cancellationToken) is not { } page)
            {
                return null;
            }

            LogEntry[] wanted = [.. page.Entries.Where(filter.Wants)];
            var isWhole = page.IsAnew || page.Missed > 0 || back >= last;
            if (wanted.Length >= count || isWhole || back >= FarthestBack)
            {
                return new(wanted[^Math.Min(count, wanted.Length)..], page.Entries.IsEmpty ? last : page.Entries[^1].Id, 0);
            }
        }

        return null;
    }
}

/// <param name="Entries">Oldest first.</param>
/// <param name="NextAfter">Id that the next page comes after.</param>
/// <param name="Missed">Entries that had already left the log; null if it began anew.</param>
internal sealed record FilteredPage(IReadOnlyList<LogEntry> Entries, long NextAfter, long? Missed);

using System.Collections.Immutable;

namespace DeltaEdge.Core.Placement;

/// <summary>
/// Which worker runs which stream. Every worker decides for itself from what all of them can see, and comes to the same result;
/// where views differ for a moment, the claim decides. A stream stays with a live owner unless that has too many: loads are bounded
/// as in consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam 2018), so nobody is given what it would give away.
/// </summary>
public static class Placement
{
    /// <param name="self">The worker that decides.</param>
    /// <param name="workers">Live workers, in any order.</param>
    /// <param name="streams">All streams that shall run, in any order.</param>
    /// <param name="stableFor">For how long no worker has come, gone or begun to drain.</param>
    /// <param name="rules">How eagerly.</param>
    public static PlacementDecision Decide(
        string self, IReadOnlyCollection<PlacementWorker> workers, IReadOnlyCollection<StreamPlace> streams, TimeSpan stableFor, PlacementRules rules)
    {
        if (workers.FirstOrDefault(w => w.Id == self) is not { Draining: false })
        {
            return new([], []);
        }

        var load = new FleetLoad(workers, streams, rules.Margin);
        var claims = Claims(self, load, streams, rules);
        return new(claims, stableFor < rules.StableFor ? [] : Releases(self, load, streams, rules));
    }

    /// <summary>Streams are given out one by one in the order of their ids, which is what makes the result the same everywhere.</summary>
    private static ImmutableArray<string> Claims(string self, FleetLoad load, IReadOnlyCollection<StreamPlace> streams, PlacementRules rules)
    {
        var claims = ImmutableArray.CreateBuilder<string>();
        foreach (var stream in streams.Where(s => s.Owner is null).OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            PlacementWorker[] choices = [.. load.Choices(stream.Id)];
            if (choices.Length == 0)
            {
                continue;
            }

            load.Put(choices[0].Id);
            var rank = Array.FindIndex(choices, w => w.Id == self);
            if (rank >= 0 && stream.Unowned >= rank * rules.NextChoiceAfter)
            {
                claims.Add(stream.Id);
            }
        }

        return claims.ToImmutable();
    }

    /// <summary>Of what is too much, the streams that prefer their new worker most.</summary>
    private static ImmutableArray<string> Releases(string self, FleetLoad load, IReadOnlyCollection<StreamPlace> streams, PlacementRules rules)
    {
        var releases = ImmutableArray.CreateBuilder<string>();
        HashSet<string> mine = [.. streams.Where(s => s.Owner == self).Select(s => s.Id)];
        while (releases.Count < rules.MovesAtOnce && load.Excess(self) > 0)
        {
            var best = mine
                .Select(id => (Id: id, To: load.Elsewhere(id, self)))
                .Where(m => m.To is not null)
                .OrderByDescending(m => Rendezvous.Score(m.Id, m.To!))
                .ThenBy(m => m.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            if (best.To is null)
            {
                break;
            }

            mine.Remove(best.Id);
            load.Take(self);
            load.Put(best.To.Id);
            releases.Add(best.Id);
        }

        return releases.ToImmutable();
    }
}

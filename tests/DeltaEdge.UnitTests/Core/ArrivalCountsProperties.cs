using DeltaEdge.Core.Planning.Demand;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core;

public sealed class ArrivalCountsProperties
{
    /// <summary>Whatever the gaps between arrivals and however long it lasts, a window holds what came in its slices and nothing else.</summary>
    [Fact]
    public void Sum_IsWhatCameInTheLastSlices() => Prop.ForAll(
        Gen.Choose(0, 400).SelectMany(gap => Gen.Choose(0, gap)).ListOf(60).ToArbitrary(),
        Gen.Choose(1, ArrivalCounts.Slices).ToArbitrary(),
        Gen.Choose(0, 3000).ToArbitrary(),
        static (gaps, slices, later) =>
        {
            var counts = new ArrivalCounts();
            var (now, came) = (TimeSpan.Zero, new List<(long Slice, int Frames, int Questions)>());
            foreach (var (gap, i) in gaps.Select((gap, i) => (gap, i)))
            {
                now += TimeSpan.FromMilliseconds(i % 7 == 0 ? gap * 40 : gap);
                counts.Add(now, i % 3, i % 5);
                came.Add((now.Ticks / ArrivalCounts.Slice.Ticks, i % 3, i % 5));
            }

            now += TimeSpan.FromMilliseconds(later);
            var newest = now.Ticks / ArrivalCounts.Slice.Ticks;
            var within = came.Where(c => c.Slice > newest - slices).ToList();
            return counts.Sum(now, slices) == (within.Sum(c => c.Frames), within.Sum(c => c.Questions));
        }).QuickCheckThrowOnFailure();
}

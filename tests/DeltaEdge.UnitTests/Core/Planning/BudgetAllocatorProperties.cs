using DeltaEdge.Core.Planning.Allocation;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Planning;

/// <summary>What holds for the allocator whatever streams it is given.</summary>
public sealed class BudgetAllocatorProperties
{
    private const int Rungs = 4;

    private static readonly Gen<Stream> Streams =
        from seconds in Gen.Choose(1, 100).Select(s => s / 1000.0).ArrayOf(Rungs)
        from values in Gen.Choose(0, 100).Select(v => v / 100.0).ArrayOf(Rungs)
        from rate in Gen.Frequency((8, Gen.Choose(1, 50).Select(r => r / 10.0)), (1, Gen.Constant(0.0)))
        from beside in Gen.Choose(0, 20).Select(s => s / 1000.0)
        from first in Gen.Choose(0, Rungs - 1)
        from last in Gen.Choose(first, Rungs - 1)
        select new Stream(values, seconds, rate, beside, first, last);

    private static readonly Gen<Stream[]> Fleets = from count in Gen.Choose(1, 6) from streams in Streams.ArrayOf(count) select streams;

    private static readonly Gen<double> Budgets = Gen.Choose(0, 2000).Select(b => b / 1000.0);

    [Fact]
    public void AnyPlan_StaysInEveryRangeAndInsideItsBudget() => Check(Prop.ForAll(Fleets.ToArbitrary(), Budgets.ToArbitrary(), (fleet, budget) =>
    {
        var allocator = Filled(fleet);
        var plan = allocator.Plan(budget);

        var load = Load(fleet, allocator);
        Assert.Equal(plan.Load, load, 6);
        Assert.Equal(Floors(fleet) <= budget, plan.Fits);
        Assert.True(!plan.Fits || plan.Load <= budget, $"Load {plan.Load} over {budget}.");
        Assert.All(Enumerable.Range(0, fleet.Length), i => Assert.InRange(allocator.RungOf(i), fleet[i].First, fleet[i].Last));
    }));

    [Fact]
    public void AnyPlan_IsWithinOneStepOfTheOptimum() => Check(Prop.ForAll(Fleets.ToArbitrary(), Budgets.ToArbitrary(), (fleet, budget) =>
    {
        var allocator = Filled(fleet);
        if (!allocator.Plan(budget).Fits)
        {
            return;
        }

        var value = fleet.Select((s, i) => s.Rate * s.Values[allocator.RungOf(i)]).Sum();
        var best = Best(fleet, budget, 0, 0, 0);
        var step = fleet.Max(s => s.Rate * (s.Values[s.First..(s.Last + 1)].Max() - s.Values[s.First..(s.Last + 1)].Min()));

        // One step, and what prices within one step of the scale (0.1 %) cannot be told apart.
        Assert.True(value >= best - step - (0.002 * best) - 1e-6, $"{value} of {best}, the largest step is {step}.");
    }));

    [Fact]
    public void AnyHistory_EndsInThePlanFromScratch() => Check(Prop.ForAll(Fleets.ToArbitrary(), Fleets.ToArbitrary(), Budgets.ToArbitrary(), (before, after, budget) =>
    {
        var allocator = Filled(before);
        allocator.Plan(budget / 2);
        var fleet = before.Select((s, i) => i < after.Length ? after[i] : s).ToArray();
        for (var i = 0; i < Math.Min(before.Length, after.Length); i++)
        {
            allocator.Change(i, after[i].Demand);
        }

        var scratch = Filled(fleet);

        Assert.Equal(scratch.Plan(budget), allocator.Plan(budget));
        Assert.All(Enumerable.Range(0, fleet.Length), i => Assert.Equal(scratch.RungOf(i), allocator.RungOf(i)));
    }));

    [Fact]
    public void MoreCapacity_NeverCostsAnybodyAccuracy() => Check(Prop.ForAll(Fleets.ToArbitrary(), Budgets.ToArbitrary(), Budgets.ToArbitrary(), (fleet, budget, more) =>
    {
        var (small, large) = (Filled(fleet), Filled(fleet));
        var before = small.Plan(budget);
        var after = large.Plan(budget + more);

        Assert.True(after.Price <= before.Price);
        Assert.All(Enumerable.Range(0, fleet.Length), i => Assert.True(fleet[i].Values[large.RungOf(i)] >= fleet[i].Values[small.RungOf(i)]));
    }));

    private static BudgetAllocator Filled(Stream[] fleet)
    {
        var allocator = new BudgetAllocator(Rungs, 1);
        foreach (var stream in fleet)
        {
            allocator.Add(stream.Demand);
        }

        return allocator;
    }

    private static double Load(Stream[] fleet, BudgetAllocator allocator) => fleet.Select((s, i) => s.Rate * (s.Beside + s.Seconds[allocator.RungOf(i)])).Sum();

    private static double Floors(Stream[] fleet) => fleet.Sum(s => s.Rate * (s.Beside + s.Seconds[s.First..(s.Last + 1)].Min())) + (1e-9 * fleet.Length);

    /// <summary>The greatest value of all choices of rungs that fit; below any real one if none does.</summary>
    private static double Best(Stream[] fleet, double budget, int stream, double load, double value)
    {
        if (load > budget)
        {
            return double.NegativeInfinity;
        }

        if (stream == fleet.Length)
        {
            return value;
        }

        var (s, best) = (fleet[stream], double.NegativeInfinity);
        for (var rung = s.First; rung <= s.Last; rung++)
        {
            best = Math.Max(best, Best(fleet, budget, stream + 1, load + (s.Rate * (s.Beside + s.Seconds[rung])), value + (s.Rate * s.Values[rung])));
        }

        return best;
    }

    private static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private sealed record Stream(double[] Values, double[] Seconds, double Rate, double Beside, int First, int Last)
    {
        public StreamDemand Demand => new() { Values = Values, Seconds = Seconds, FramesPerSecond = Rate, FixedSeconds = Beside, First = First, Last = Last };
    }
}

using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;
using DeltaEdge.Evaluation.Workloads;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Evaluation.Workloads;

/// <summary>What holds for every built-in workload, whatever it is made for.</summary>
public sealed class WorkloadSetProperties
{
    private static readonly Gen<string> Names = Gen.Elements(WorkloadSet.Names.ToArray());

    private static readonly Gen<WorkloadSettings> Settings =
        from capacity in Gen.Choose(5, 2000).Select(c => c / 10.0)
        from duration in Gen.Choose(3, 300).Select(d => d / 10.0)
        from seed in Gen.Choose(-1000, 1_000_000)
        from workers in Gen.Choose(1, 6)
        select new WorkloadSettings { CapacityPerSecond = capacity, DurationSeconds = duration, Seed = seed, Workers = workers };

    [Fact]
    public void AnyWorkload_HasOrderedArrivalsInsideTheRunAtItsStreams() => Check((name, settings) =>
    {
        var workload = WorkloadSet.Find(name, settings)!;

        Assert.Equal((name, settings.Seed, settings.DurationSeconds), (workload.Name, workload.Seed, workload.DurationSeconds));
        Assert.All(workload.Arrivals, a => Assert.True(a.AtSeconds >= 0 && a.AtSeconds < workload.DurationSeconds));
        Assert.All(workload.Arrivals, a => Assert.InRange(a.Stream, 0, workload.Streams.Length - 1));
        Assert.True(workload.Arrivals.Zip(workload.Arrivals.Skip(1)).All(p => p.First.AtSeconds <= p.Second.AtSeconds));
        Assert.Equal(workload.Streams.Length, workload.Streams.Select(s => s.Id).Distinct().Count());
        Assert.NotEmpty(workload.Description);
    });

    [Fact]
    public void AnyStream_KeepsToItsClassAndTheLadder() => Check((name, settings) => Assert.All(WorkloadSet.Find(name, settings)!.Streams, stream =>
    {
        var sla = SlaCatalog.Default.Find(stream.SlaClass);
        Assert.NotNull(sla);
        Assert.Equal(sla.DeadlineMs / 1000.0, stream.DeadlineSeconds);
        Assert.True(TokenLadder.Default.Contains(stream.Range.Floor) && TokenLadder.Default.Contains(stream.Range.Ceiling));
        Assert.True(stream.Range.Floor <= stream.Range.Ceiling);
        Assert.InRange(stream.Kinds.Length, 1, 3);
    }));

    [Fact]
    public void AnyFaults_AreOrderedAndEveryReturnFollowsItsLoss() => Check((name, settings) =>
    {
        var workload = WorkloadSet.Find(name, settings)!;
        var away = new HashSet<int>();
        var last = 0d;
        foreach (var fault in workload.Faults)
        {
            Assert.True(fault.AtSeconds >= last && fault.AtSeconds < workload.DurationSeconds);
            Assert.InRange(fault.Worker, 0, settings.Workers - 1);
            Assert.True(fault.Returns ? away.Remove(fault.Worker) : away.Add(fault.Worker));
            last = fault.AtSeconds;
        }
    });

    [Fact]
    public void SameSettings_GiveTheSame_AndAnotherSeedGivesAnother() => Check((name, settings) =>
    {
        var first = WorkloadSet.Find(name, settings)!;
        var again = WorkloadSet.Find(name, settings)!;
        var other = WorkloadSet.Find(name, settings with { Seed = settings.Seed + 1 })!;

        Assert.Equal(first.Arrivals.AsEnumerable(), again.Arrivals.AsEnumerable());
        Assert.Equal(first.Faults.AsEnumerable(), again.Faults.AsEnumerable());
        Assert.Equal(first.Streams.SelectMany(s => s.Kinds), again.Streams.SelectMany(s => s.Kinds));
        if (first.Arrivals.Length > 3)
        {
            Assert.NotEqual(first.Arrivals.AsEnumerable(), other.Arrivals.AsEnumerable());
        }
    });

    private static void Check(Action<string, WorkloadSettings> holds) =>
        Prop.ForAll(Names.ToArbitrary(), Settings.ToArbitrary(), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}

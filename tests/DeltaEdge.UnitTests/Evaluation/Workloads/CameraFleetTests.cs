using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Workloads;

public sealed class CameraFleetTests
{
    private static readonly Workload Fleet =
        WorkloadSet.Find("w6-cameras-n48", new() { CapacityPerSecond = 100, DurationSeconds = 100, Seed = 3 })!;

    [Fact]
    public void NumberInTheName_IsTheNumberOfCameras() => Assert.Equal(48, Fleet.Streams.Length);

    [Fact]
    public void LoadInTheName_SetsTheNumberOfCameras()
    {
        // Frame rates of 1, 2 and 5 are 8/3 on average: 2 * 100 / (8/3) cameras.
        Assert.Equal(75, WorkloadSet.Find("w6-cameras-rho2", new() { CapacityPerSecond = 100 })!.Streams.Length);
    }

    [Fact]
    public void Cameras_DifferInClassFloorCeilingAndQuestions()
    {
        Assert.Equal(["default", "priority"], Fleet.Streams.Select(s => s.SlaClass).Distinct().Order());
        Assert.Equal([1, 4, 16], Fleet.Streams.Select(s => s.Range.Floor).Distinct().Order());
        Assert.Equal([144, 576], Fleet.Streams.Select(s => s.Range.Ceiling).Distinct().Order());
        Assert.Equal([1, 2, 3], Fleet.Streams.Select(s => s.Kinds.Length).Distinct().Order());
    }

    [Fact]
    public void SteadyCamera_KeepsItsRateOutsideBursts()
    {
        // Camera 2 sends 5 frames/s and neither joins late nor leaves nor reconnects: half of all gaps are its period or shorter.
        var gaps = Gaps(2).Order().ToList();

        Assert.InRange(gaps[gaps.Count / 2], 0.18, 0.21);
        Assert.InRange(gaps[0], 0, 0.042);
    }

    [Fact]
    public void Bursts_ComeToAllAtOnce()
    {
        var moments = Fleet.Arrivals.GroupBy(a => a.AtSeconds).Where(g => g.Count() > 20).ToList();

        Assert.InRange(moments.Count, 5, 20);
        Assert.All(moments, m =>
        {
            var during = Fleet.Arrivals.Count(a => a.AtSeconds >= m.Key && a.AtSeconds < m.Key + 1);
            Assert.True(during > 3 * 48 * 8 / 3.0 * 0.7, $"Only {during} frames within a second of a burst.");
        });
    }

    [Fact]
    public void ReconnectStorm_SilencesHalfAndBringsThemBackTogether()
    {
        var odd = Fleet.Arrivals.Where(a => a.Stream % 2 == 1).ToList();

        Assert.DoesNotContain(odd, a => a.AtSeconds is >= 60 and < 62);
        Assert.InRange(odd.Where(a => a.AtSeconds is >= 62 and < 62.1).Select(a => a.Stream).Distinct().Count(), 20, 24);
        Assert.Contains(Fleet.Arrivals, a => a.Stream % 2 == 0 && a.AtSeconds is >= 60 and < 62);
    }

    [Fact]
    public void SomeCameras_JoinLateAndSomeLeaveEarly()
    {
        var first = Enumerable.Range(0, 48).Select(c => Fleet.Arrivals.First(a => a.Stream == c).AtSeconds).ToList();
        var last = Enumerable.Range(0, 48).Select(c => Fleet.Arrivals.Last(a => a.Stream == c).AtSeconds).ToList();

        Assert.InRange(first.Count(at => at > 1.1), 8, 12);
        Assert.InRange(last.Count(at => at < 98.9), 4, 6);
    }

    private static IEnumerable<double> Gaps(int camera)
    {
        var times = Fleet.Arrivals.Where(a => a.Stream == camera).Select(a => a.AtSeconds).ToList();
        return times.Zip(times.Skip(1), (a, b) => b - a);
    }
}

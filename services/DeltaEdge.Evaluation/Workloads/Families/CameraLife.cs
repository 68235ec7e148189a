using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Workloads.Families;

/// <summary>When one camera of a fleet is there, and when it sends.</summary>
/// <param name="Joins">Seconds.</param>
/// <param name="Leaves">Seconds.</param>
/// <param name="LostAt">When its connection breaks; after <paramref name="Leaves"/> if it does not.</param>
/// <param name="BackAt">When it is there again.</param>
/// <param name="Bursts">Begins of the seconds in which it sends more, in order.</param>
internal sealed record CameraLife(double Joins, double Leaves, double LostAt, double BackAt, ImmutableArray<double> Bursts)
{
    public const double BurstSeconds = 1;

    private const double BurstFactor = 5;
    private const double Jitter = 0.05;
    private const double StormAt = 0.6;
    private const double AwaySeconds = 2;
    private const double ReturnSpread = 0.1;

    public static CameraLife Draw(Draws draws, int camera, double duration, ImmutableArray<double> bursts)
    {
        var joins = camera % 4 == 3 ? draws.Between(0, duration / 2) : 0;
        var leaves = camera % 8 == 6 ? draws.Between(duration / 2, duration) : duration;
        var lost = camera % 2 == 1 ? StormAt * duration : double.PositiveInfinity;
        return new(joins, leaves, lost, lost + AwaySeconds + draws.Between(0, ReturnSpread), bursts);
    }

    /// <summary>
    /// Capture times: a period apart, give or take a twentieth. A burst begins with a frame at once, and a camera that is back sends
    /// one at once.
    /// </summary>
    public IEnumerable<double> Frames(Draws draws, double framesPerSecond)
    {
        var next = 0;
        var at = Connected(Joins + (draws.Uniform() / framesPerSecond));
        while (at < Leaves)
        {
            while (next < Bursts.Length && Bursts[next] <= at)
            {
                next++;
            }

            yield return at;
            var inBurst = next > 0 && at < Bursts[next - 1] + BurstSeconds;
            var period = draws.Between(1 - Jitter, 1 + Jitter) / (framesPerSecond * (inBurst ? BurstFactor : 1));
            at = Connected(next < Bursts.Length && Bursts[next] < at + period ? Bursts[next] : at + period);
        }
    }

    private double Connected(double at) => at >= LostAt && at < BackAt ? BackAt : at;
}

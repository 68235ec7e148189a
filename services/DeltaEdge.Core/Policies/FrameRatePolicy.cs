using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// Keeps the quality and lowers the rate, per stream: when a frame arrives while one has waited for longer than the interval at which
/// the stream is served, or than half of what this frame has until its deadline, that interval doubles, at most once in the time that
/// a frame may take, so that each step has its effect first; after three seconds without, it halves. Frames in between are refused. In the spirit of AWStream and Chameleon (both SIGCOMM 2018), with the frame rate as the only knob. Asks that name no
/// stream count as one.
/// </summary>
/// <param name="budget">Visual tokens, within each group's range.</param>
public sealed class FrameRatePolicy(int budget) : IServingPolicy
{
    private const int MostEvery = 8;

    /// <summary>Streams that are remembered; with more, all start anew at their full rate.</summary>
    private const int MostStreams = 4096;

    private static readonly TimeSpan Clean = TimeSpan.FromSeconds(3);

    private readonly FixedPolicy _fixed = new(budget);
    private readonly RecentFrames _frames = new();
    private readonly Dictionary<ulong, Pace> _paces = [];

    public string Name => $"frame-rate-{budget}";

    public bool LooksAtWaits => true;

    public int Lowest(BudgetRange range) => _fixed.Lowest(range);

    public bool LetsIn(in AskArrival arrival)
    {
        if (_frames.Recall(arrival) is { } earlier)
        {
            return earlier;
        }

        if (!_paces.TryGetValue(arrival.Stream, out var pace))
        {
            if (_paces.Count >= MostStreams)
            {
                _paces.Clear();
            }

            _paces[arrival.Stream] = pace = new Pace(arrival.Now);
        }

        return _frames.Remember(arrival, pace.LetsIn(arrival.Now, arrival.Deadline - arrival.Now, arrival.OldestWaitSeconds));
    }

    public BudgetDecision Choose(in DispatchSituation situation) => _fixed.Choose(situation);

    /// <summary>One stream: of its frames every <c>_every</c>-th is let in.</summary>
    private sealed class Pace(TimeSpan start)
    {
        /// <summary>Weight of the newest gap between frames in the smoothed one.</summary>
        private const double Smoothing = 0.125;

        private TimeSpan _last = start;
        private TimeSpan _cleanSince = start;
        private TimeSpan _changed = start;
        private double _periodSeconds;
        private int _every = 1;
        private int _since;

        public bool LetsIn(TimeSpan now, TimeSpan patience, double oldestWaitSeconds)
        {
            var gap = (now - _last).TotalSeconds;
            _last = now;
            if (gap > 0)
            {
                _periodSeconds = _periodSeconds > 0 ? _periodSeconds + (Smoothing * (gap - _periodSeconds)) : gap;
            }

            if (_periodSeconds > 0 && oldestWaitSeconds > Math.Min(_periodSeconds * _every, patience.TotalSeconds / 2))
            {
                _cleanSince = now;
                if (now - _changed >= patience)
                {
                    (_every, _changed) = (Math.Min(_every * 2, MostEvery), now);
                }
            }
            else if (now - _cleanSince >= Clean)
            {
                (_every, _cleanSince, _changed) = (Math.Max(_every / 2, 1), now, now);
            }

            _since++;
            if (_since < _every)
            {
                return false;
            }

            _since = 0;
            return true;
        }
    }
}

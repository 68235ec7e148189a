using DeltaEdge.Core.Dispatch;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// DeltaEdge's fast loop: marginal accuracy per cost over the waiting queue. Engine time has one price; each group takes the budget
/// whose accuracy, less price times seconds, is largest. So tokens go where they gain most: a question that a few tokens answer gives way
/// to one that needs them, and no group spends on a budget that gains nothing. The policy finds the lowest price, at least the plan's, at
/// which the whole queue in deadline order is predicted to fit into the share of its slack that the price stands for: the price is what a
/// second will probably turn out to be worth, and a queue that fills more of its slack more probably ends in somebody being turned away.
/// No price is higher than what the same second would gain as an answer to somebody else: below that, degrading further costs more than
/// refusing. Who is refused is <see cref="Scheduling.YieldRule"/>'s to say.
/// </summary>
/// <param name="options">What of it is in use; the whole unless an ablation says otherwise.</param>
public sealed class MarginalPolicy(MarginalOptions options) : IServingPolicy
{
    public const string PolicyName = "deltaedge";

    /// <summary>The same without its fast loop, to compare with: the plan's price alone decides.</summary>
    public const string NoFastLoopName = "deltaedge-no-fast-loop";

    public const string NoYieldName = "deltaedge-no-yield";

    /// <summary>Waiting groups that are considered; bounds the decision's cost.</summary>
    private const int Lookahead = 64;

    /// <summary>No answer is worth more per second than this, so at this price everyone takes the cheapest budget.</summary>
    private const double HighestPrice = 1e6;

    /// <summary>Below this a price changes nothing: accuracy differences over seconds are far larger.</summary>
    private const double LowestPrice = 1e-3;

    /// <summary>Halvings of the logarithmic range between those two: prices are found to within a factor of 1.03.</summary>
    private const int Halvings = 9;

    public MarginalPolicy()
        : this(new MarginalOptions())
    {
    }

    public string Name => options.Name;

    public bool FollowsPlan => true;

    public DoorRule Door => options.Door;

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        var ladder = situation.Profile.Ladder;
        var count = Math.Min(Lookahead, situation.Queue.Length);
        Span<Candidate> candidates = stackalloc Candidate[count];
        for (var i = 0; i < count; i++)
        {
            candidates[i] = Weigh(situation, situation.Queue[i]);
        }

        ref readonly var head = ref candidates[0];
        var rung = head.Hopeless ? head.Last : InTime(situation, head, RungOf(situation, 0, head, FindPrice(situation, candidates)));
        return new(ladder[rung], ReasonOf(situation, head, rung), head.BesidePrefix + situation.Profile.PredictPrefix(rung));
    }

    /// <summary>The lowest price, not below the plan's, at which the queue fits into the share of its slack that this price allows.</summary>
    private double FindPrice(in DispatchSituation situation, ReadOnlySpan<Candidate> candidates)
    {
        var cap = options.PriceCap * MeanDensity(situation, candidates);
        var price = options.FastLoop && situation.Pressed ? cap : Math.Min(cap, situation.Price);
        if (!options.FastLoop || Fits(situation, candidates, price, cap))
        {
            return price;
        }

        var (low, high) = (Math.Log(Math.Max(price, LowestPrice)), Math.Log(cap));
        for (var i = 0; i < Halvings && low < high; i++)
        {
            var middle = (low + high) / 2;
            if (Fits(situation, candidates, Math.Exp(middle), cap))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return Math.Exp(high);
    }

    /// <summary>
    /// The rung, or the first poorer one at which the head itself is on time and so are the rows that its prefill keeps from decoding:
    /// the cap on the price must make nobody late.
    /// </summary>
    private int InTime(in DispatchSituation situation, in Candidate head, int rung)
    {
        var profile = situation.Profile;
        var questions = situation.Queue[0].Questions * profile.QuestionSeconds * profile.Correction;
        while (rung < head.Last
            && (options.Safety * (head.BesidePrefix + profile.PredictPrefix(rung)) > head.Slack || options.Safety * (questions + profile.PredictPrefix(rung)) > situation.SpareSeconds))
        {
            rung++;
        }

        return rung;
    }

    private bool Fits(in DispatchSituation situation, ReadOnlySpan<Candidate> candidates, double price, double cap)
    {
        var (finish, queueShare) = (0d, options.SlackShareAt(price / cap));
        for (var i = 0; i < candidates.Length; i++)
        {
            ref readonly var candidate = ref candidates[i];
            var rung = candidate.Hopeless ? candidate.Last : RungOf(situation, i, candidate, price);
            var prefix = situation.Profile.PredictPrefix(rung);
            finish += options.Safety * (candidate.BesidePrefix + prefix);
            var share = i == 0 ? 1 : queueShare; // Who is served now needs no room for who comes next.
            if (finish > share * candidate.Slack && !candidate.Hopeless)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What a second of the engine gains on average, spent on asks like those that wait, each at the budget that suits it best: the
    /// worth of an answer that somebody else is refused.
    /// </summary>
    private static double MeanDensity(in DispatchSituation situation, ReadOnlySpan<Candidate> candidates)
    {
        var profile = situation.Profile;
        var (value, seconds) = (0d, 0d);
        for (var i = 0; i < candidates.Length; i++)
        {
            ref readonly var candidate = ref candidates[i];
            var values = ValuesOf(situation, i);
            var beside = candidate.BesidePrefix / profile.Correction;
            var best = candidate.Last;
            for (var rung = candidate.Last - 1; rung >= candidate.First; rung--)
            {
                best = values[rung] * (beside + profile.PrefixSeconds[best]) > values[best] * (beside + profile.PrefixSeconds[rung]) ? rung : best;
            }

            value += values[best];
            seconds += beside + profile.PrefixSeconds[best];
        }

        return seconds <= 0 ? HighestPrice : Math.Min(HighestPrice, value / seconds);
    }

    private static int RungOf(in DispatchSituation situation, int index, in Candidate candidate, double price) =>
        AccuracyCurve.RungAt(ValuesOf(situation, index), situation.Profile.PrefixSeconds, price, candidate.First, candidate.Last);

    private static ReadOnlySpan<double> ValuesOf(in DispatchSituation situation, int index) =>
        situation.Queue[index].Values ?? throw new InvalidOperationException("A group without values cannot be weighed.");

    private static DegradedReason ReasonOf(in DispatchSituation situation, in Candidate head, int rung)
    {
        ref readonly var group = ref situation.Queue[0];
        var best = AccuracyCurve.RungAt(ValuesOf(situation, 0), situation.Profile.PrefixSeconds, 0, 0, head.Last);
        return head.Hopeless ? DegradedReason.Floor
            : rung <= best ? DegradedReason.None
            : rung == head.First && !group.Planned ? DegradedReason.Class
            : DegradedReason.Load;
    }

    private static Candidate Weigh(in DispatchSituation situation, in PendingGroup group)
    {
        var (profile, ladder) = (situation.Profile, situation.Profile.Ladder);
        var last = ladder.RungAtLeast(group.Range.Floor);
        var first = Math.Min(last, ladder.RungAtMost(group.Range.Ceiling));
        var beside = profile.PredictBesidePrefix(group.FrameCached, group.Questions, group.AnswerTokens, situation.ActiveRows);
        var slack = (group.Deadline - situation.Now).TotalSeconds;
        return new(slack, beside, first, last, beside + profile.PredictPrefix(last) > slack);
    }

    /// <param name="Slack">Seconds until its deadline.</param>
    /// <param name="BesidePrefix">Predicted seconds of all that does not depend on the budget.</param>
    /// <param name="First">Rung of its ceiling.</param>
    /// <param name="Last">Rung of its floor; not below <paramref name="First"/>.</param>
    /// <param name="Hopeless">Whether it would be late even if it were served now at its floor.</param>
    private readonly record struct Candidate(double Slack, double BesidePrefix, int First, int Last, bool Hopeless);
}

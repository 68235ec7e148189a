using DeltaEdge.Core.Budgets;

namespace DeltaEdge.Core.Policies;

/// <summary>Serving policies by the name that configuration uses.</summary>
public static class ServingPolicies
{
    /// <summary>For error texts and help, with the budgets of the default ladder.</summary>
    public const string Allowed =
        "deltaedge, deltaedge-no-fast-loop, deltaedge-no-yield, slack, fixed-<budget>, admission-<budget>, yield-<budget>, drop-oldest-576, aimd-576, frame-rate-576, infaas-accuracy, sommelier-local, "
        + "proteus, slackfit-batch, slackfit-budget, brownout";

    /// <summary>A fresh policy of that name for one worker, or null if there is none such on this ladder.</summary>
    public static IServingPolicy? Find(string name, TokenLadder ladder) => All(ladder).FirstOrDefault(policy => policy.Name == name);

    /// <summary>Every name that <see cref="Find"/> knows on this ladder.</summary>
    public static IEnumerable<string> Names(TokenLadder ladder) => All(ladder).Select(policy => policy.Name);

    /// <summary>A fresh one of each, made as it is asked for. One line per policy; what keeps to one budget keeps to the largest.</summary>
    private static IEnumerable<IServingPolicy> All(TokenLadder ladder)
    {
        yield return new MarginalPolicy();
        yield return new MarginalPolicy(new MarginalOptions { Name = MarginalPolicy.NoFastLoopName, FastLoop = false });
        yield return new MarginalPolicy(new MarginalOptions { Name = MarginalPolicy.NoYieldName, Door = DoorRule.Predicted });
        yield return new SlackPolicy();
        foreach (var budget in ladder.Budgets)
        {
            yield return new FixedPolicy(budget);
            yield return new FixedPolicy(budget, DoorRule.Predicted);
            yield return new FixedPolicy(budget, DoorRule.Yielding);
        }

        yield return new FixedPolicy(ladder.Largest, DoorRule.NewestPerStream);
        yield return new AimdPolicy(ladder.Largest);
        yield return new FrameRatePolicy(ladder.Largest);
        yield return new InfaasAccuracyPolicy();
        yield return new SommelierPolicy();
        yield return new ProteusPolicy(ladder);
        yield return new SlackFitPolicy(BucketOrder.Batch);
        yield return new SlackFitPolicy(BucketOrder.Budget);
        yield return new BrownoutPolicy();
    }
}

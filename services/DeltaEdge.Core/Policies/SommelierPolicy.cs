using DeltaEdge.Core.Dispatch;

namespace DeltaEdge.Core.Policies;

/// <summary>
/// Each worker by itself, by the length of its own queue: the largest budget at whose throughput all that waits would be through by
/// the latest deadline in the queue. After Sommelier (SIGMOD 2022) with placement fixed, as Proteus (ASPLOS 2024) compares with. It
/// counts the queue and does not look at the deadlines one by one; <see cref="SlackPolicy"/> does.
/// </summary>
public sealed class SommelierPolicy : IServingPolicy
{
    public const string PolicyName = "sommelier-local";

    public string Name => PolicyName;

    public BudgetDecision Choose(in DispatchSituation situation)
    {
        var queue = situation.Queue;
        var latest = queue[0].Deadline;
        foreach (ref readonly var group in queue)
        {
            latest = group.Deadline > latest ? group.Deadline : latest;
        }

        var slack = (latest - situation.Now).TotalSeconds;
        var poorest = situation.Profile.Ladder.Count - 1;
        var batch = Math.Min(queue.Length, BatchLatency.MostGroups);
        for (var rung = 0; rung < poorest; rung++)
        {
            if (BatchLatency.Planned(situation.Profile, rung, batch, queue[0]) * queue.Length / batch <= slack)
            {
                return HeadDecision.At(situation, rung);
            }
        }

        return HeadDecision.At(situation, poorest);
    }
}

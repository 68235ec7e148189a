using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Scheduling;
using DeltaEdge.Core.Sla;
using DeltaEdge.Evaluation.Simulation.Replay;

namespace DeltaEdge.Evaluation.Simulation;

/// <summary>A simulated fleet: how many workers, how fast and how good they are, and what decides on each.</summary>
public sealed record SimulationSettings
{
    /// <summary>What the run is called; null for its policy's name.</summary>
    public string? Name { get; init; }

    /// <summary>Makes a fresh policy for one worker.</summary>
    public required Func<IServingPolicy> Policy { get; init; }

    /// <summary>Stage seconds that schedulers, policies and controller go by.</summary>
    public required LatencyProfile Profile { get; init; }

    /// <summary>What they believe of accuracy.</summary>
    public required AccuracyProfile Accuracy { get; init; }

    /// <summary>What the stages take in truth; null if the profile is right.</summary>
    public LatencyProfile? TrueProfile { get; init; }

    /// <summary>What answers are in truth; null if the profile is right.</summary>
    public AccuracyProfile? TrueAccuracy { get; init; }

    /// <summary>Workers, all alike.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Seed of the noise; the workload has its own.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Standard deviation of the logarithm of each step's time around its mean; 0 for none.</summary>
    public double Noise { get; init; }

    /// <summary>Share of its first speed by which every stage gets slower each minute; 0 for none.</summary>
    public double DriftPerMinute { get; init; }

    /// <summary>How a real worker's speed went over a run, which every simulated engine then follows; null for an even one.</summary>
    public MeasuredPace? Pace { get; init; }

    /// <summary>Tokens of an answer of that kind, the one that ends it included, at least 1.</summary>
    public Func<QuestionKind, int> AnswerTokens { get; init; } = Simulation.AnswerTokens.Of;

    /// <summary>Whether there is a controller. Policies that do not follow a plan never meet it.</summary>
    public bool Controller { get; init; } = true;

    public ControllerOptions ControllerOptions { get; init; } = new();

    /// <summary>Deadlines come with the workload; weights are taken from here.</summary>
    public SlaCatalog Catalog { get; init; } = SlaCatalog.Default;

    /// <summary>Share of its best accuracy that a question kind may lose by its own floor, 0 to 1; 0 for no such floors.</summary>
    public double MaxLoss { get; init; } = 0.10;

    public SchedulerOptions Scheduler { get; init; } = new(QueueLimit: 256, Classes: SlaCatalog.Default);

    /// <summary>Answers that decode at once on a worker.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>Encoded frames that a worker keeps.</summary>
    public int CachedFrames { get; init; } = 64;

    /// <summary>By arrival: number of its frame. Arrivals of one number show the same picture, which is encoded once while it is kept; by default each shows its own.</summary>
    public Func<int, int> FrameOf { get; init; } = arrival => arrival;

    /// <summary>Visual prefixes that a worker keeps for further questions.</summary>
    public int Prefixes { get; init; } = 4;

    /// <summary>
    /// How long a lost worker still gets its streams, seconds: what is asked of it meanwhile fails. 0 where a refused connection
    /// sends an ask elsewhere at once.
    /// </summary>
    public double DetectionSeconds { get; init; } = 3;

    internal TokenLadder Ladder => Profile.Ladder;

    /// <summary>A factory of the policy with that name.</summary>
    /// <exception cref="ArgumentException">There is none such on this ladder.</exception>
    public static Func<IServingPolicy> PolicyNamed(string name, TokenLadder ladder)
    {
        var found = ServingPolicies.Find(name, ladder) is not null;
        return found
            ? () => ServingPolicies.Find(name, ladder)!
            : throw new ArgumentException($"There is no policy '{name}'; allowed: {ServingPolicies.Allowed}.", nameof(name));
    }

    /// <exception cref="ArgumentException">A number is out of range, or two profiles differ in their ladders.</exception>
    internal void Check()
    {
        Require(Workers >= 1, "Workers", Workers, "at least 1");
        Require(Slots >= 1, "Slots", Slots, "at least 1");
        Require(CachedFrames >= 1, "CachedFrames", CachedFrames, "at least 1");
        Require(Prefixes >= 0, "Prefixes", Prefixes, "0 or more");
        Require(Noise >= 0, "Noise", Noise, "0 or more");
        Require(DriftPerMinute >= 0, "DriftPerMinute", DriftPerMinute, "0 or more");
        Require(MaxLoss is >= 0 and <= 1, "MaxLoss", MaxLoss, "0 to 1");
        Require(DetectionSeconds >= 0, "DetectionSeconds", DetectionSeconds, "0 or more");
        if (TrueProfile is { } truth && !truth.Ladder.Budgets.AsSpan().SequenceEqual(Ladder.Budgets.AsSpan()))
        {
            throw new ArgumentException($"TrueProfile has the ladder {truth.Ladder}; it must be {Ladder}, as the profile has it.");
        }
    }

    private static void Require(bool holds, string name, double value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; it must be {allowed}."));
        }
    }
}

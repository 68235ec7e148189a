using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Capacity;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Core.Capacity;

/// <summary>Profiles and streams for the capacity tests.</summary>
internal static class CapacityFixtures
{
    public static readonly TokenLadder Ladder = TokenLadder.Default;

    public static readonly CapacityLimits Limits = new();

    /// <summary>Counting gains from tokens up to 144; yes or no needs next to none.</summary>
    public static readonly AccuracyProfile Accuracy = new(
        Ladder,
        new Dictionary<QuestionKind, ImmutableArray<double>>
        {
            [QuestionKind.Count] = [0.8, 0.88, 0.86, 0.84, 0.8, 0.6, 0.4],
            [QuestionKind.YesNo] = [0.97, 0.98, 0.98, 0.97, 0.97, 0.96, 0.9],
        },
        "test");

    public static readonly Gen<LatencyProfile> Profiles =
        from scale in Gen.Choose(5, 400).Select(s => s / 100.0)
        select Reports.Profile(scale);

    public static readonly Gen<StreamShape> Shapes =
        from rate in Gen.Choose(1, 300).Select(r => r / 10.0)
        from questions in Gen.Elements(QuestionKind.Count, QuestionKind.YesNo, QuestionKind.Describe).NonEmptyListOf()
        from tokens in Gen.Choose(1, 24)
        from deadlineMs in Gen.Choose(50, 5000)
        from low in Gen.Choose(0, Ladder.Count - 1)
        from high in Gen.Choose(0, Ladder.Count - 1)
        from weight in Gen.Elements(0.5, 1, 2)
        select new StreamShape
        {
            FramesPerSecond = rate,
            Questions = [.. questions.Take(8).Select(kind => new ExpectedQuestion(kind, tokens))],
            DeadlineSeconds = deadlineMs / 1000.0,
            Range = new BudgetRange(Ladder[Math.Max(low, high)], Ladder[Math.Min(low, high)]),
            Weight = weight,
        };

    public static readonly Gen<StreamShape[]> Fleets = Shapes.ListOf().Select(shapes => shapes.Take(6).ToArray());

    /// <summary>A stream of counting questions with two tokens per answer.</summary>
    public static StreamShape Camera(double framesPerSecond = 1, int questions = 1, int deadlineMs = 300, int floor = 1) => new()
    {
        FramesPerSecond = framesPerSecond,
        Questions = [.. Enumerable.Repeat(new ExpectedQuestion(QuestionKind.Count, 2), questions)],
        DeadlineSeconds = deadlineMs / 1000.0,
        Range = new BudgetRange(floor, Ladder.Largest),
    };

    public static void Check(Property property) => property.Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}

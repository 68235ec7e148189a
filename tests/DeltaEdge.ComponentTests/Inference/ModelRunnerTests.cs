using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Running;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Tokens of the reference, however the prompt reaches the cache and whoever decodes beside it.</summary>
public sealed class ModelRunnerTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private const int Tokens = 8;

    public static TheoryData<int> Budgets => [144, 36, 16, 9, 4, 1];

    [Theory]
    [MemberData(nameof(Budgets))]
    public void Greedy_EqualsTheReference(int budget)
    {
        using var runner = tiny.OpenRunner();
        using var frame = Encoded(runner);
        for (var q = 0; q < tiny.Questions.Length; q++)
        {
            var question = tiny.QuestionTokens(tiny.Questions[q]);
            Assert.Equal(tiny.Golden.Wholes($"prompt.{q}.after_ids"), question);
            runner.Project(frame, budget);
            var first = runner.PrefillPrompt(budget, question, 0);
            Assert.Equal(tiny.Golden.Wholes($"greedy.{budget}.{q}"), Decode(runner, [first], [runner.PrefixLength(budget) + question.Length])[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Budgets))]
    public void ForkedPrefix_EqualsFullPrefill(int budget)
    {
        using var runner = tiny.OpenRunner();
        using var frame = Encoded(runner);
        var (first, second) = (tiny.QuestionTokens(tiny.Questions[0]), tiny.QuestionTokens(tiny.Questions[1]));
        runner.Project(frame, budget);
        runner.PrefillPrompt(budget, first, 2);
        runner.KeepPrefix(7, budget, 2);

        Assert.Equal(0, runner.TryFork(8, budget, 0));
        var past = runner.TryFork(7, budget, 0);
        Assert.Equal(runner.PrefixLength(budget), past);
        var token = runner.PrefillQuestion(second, 0, past);
        Assert.Equal(tiny.Golden.Wholes($"greedy.{budget}.1"), Decode(runner, [token], [past + second.Length])[0]);
    }

    /// <summary>A prompt of more than 240 positions is run in parts; behind a kept prefix the same question is one run.</summary>
    [Fact]
    public void PromptInParts_EqualsOneRun()
    {
        using var runner = tiny.OpenRunner(textTokens: 200);
        using var frame = Encoded(runner);
        var question = tiny.QuestionTokens(string.Concat(Enumerable.Repeat("How many red cars are in the top row? ", 12)));
        Assert.InRange(question.Length, 96, 160);
        var length = runner.PrefixLength(144) + question.Length;
        runner.Project(frame, 144);
        var parts = Decode(runner, [runner.PrefillPrompt(144, question, 0)], [length])[0];
        runner.Project(frame, 144);
        runner.PrefillPrompt(144, [5], 0);
        runner.KeepPrefix(1, 144, 0);
        var past = runner.TryFork(1, 144, 0);
        Assert.Equal(Decode(runner, [runner.PrefillQuestion(question, 0, past)], [length])[0], parts);
    }

    [Fact]
    public void BatchOfDifferentLengths_EqualsIsolated()
    {
        using var runner = tiny.OpenRunner();
        using var frame = Encoded(runner);
        (int Budget, int Question)[] asks = [(144, 0), (1, 1), (36, 1), (4, 0)];
        var firsts = new int[asks.Length];
        var lengths = new int[asks.Length];
        for (var row = 0; row < asks.Length; row++)
        {
            var question = tiny.QuestionTokens(tiny.Questions[asks[row].Question]);
            runner.Project(frame, asks[row].Budget);
            firsts[row] = runner.PrefillPrompt(asks[row].Budget, question, row);
            lengths[row] = runner.PrefixLength(asks[row].Budget) + question.Length;
        }

        var answers = Decode(runner, firsts, lengths);
        for (var row = 0; row < asks.Length; row++)
        {
            Assert.Equal(tiny.Golden.Wholes($"greedy.{asks[row].Budget}.{asks[row].Question}"), answers[row]);
        }
    }

    /// <summary>The reference answers 613, 66, 613, 66; an id that the tokenizer lacks is never among the tokens, and no other changes.</summary>
    [Theory]
    [InlineData(614)]
    [InlineData(613)]
    [InlineData(66)]
    public void PaddingOfTheVocabulary_IsNeverChosen(int tokens)
    {
        using var runner = tiny.OpenRunner(tokens: tokens);
        using var frame = Encoded(runner);
        var question = tiny.QuestionTokens(tiny.Questions[0]);
        runner.Project(frame, 36);
        var answer = Decode(runner, [runner.PrefillPrompt(36, question, 0)], [runner.PrefixLength(36) + question.Length])[0];
        Assert.All(answer, t => Assert.InRange(t, 0, tokens - 1));
        Assert.Equal(tokens == 614, answer.SequenceEqual(tiny.Golden.Wholes("greedy.36.0")));
    }

    [Fact]
    public void Step_AllocatesNothing()
    {
        using var runner = tiny.OpenRunner();
        using var frame = Encoded(runner);
        runner.Project(frame, 16);
        var length = runner.PrefixLength(16) + 1;
        runner.PrefillPrompt(16, [5], 0);
        Steps();

        // A collection that another test causes can show up in this thread's count; not in all of four rounds.
        Assert.Equal(0, Enumerable.Range(0, 4).Min(_ => Steps()));

        long Steps()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 16; i++)
            {
                runner.SetStep(0, 5, length++);
                runner.Step(1);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private EncodedFrame Encoded(ModelRunner runner)
    {
        var frame = runner.CreateFrame();
        runner.EncodePixels(tiny.Golden.Floats("pixel_values"), frame);
        return frame;
    }

    private static int[][] Decode(ModelRunner runner, int[] firsts, int[] lengths)
    {
        var answers = firsts.Select(f => new List<int> { f }).ToArray();
        for (var step = 1; step < Tokens; step++)
        {
            for (var row = 0; row < answers.Length; row++)
            {
                runner.SetStep(row, answers[row][^1], lengths[row]++);
            }

            runner.Step(answers.Length);
            for (var row = 0; row < answers.Length; row++)
            {
                answers[row].Add((int)runner.Next[row]);
            }
        }

        return [.. answers.Select(a => a.ToArray())];
    }
}

using DeltaEdge.Inference.Asking;
using DeltaEdge.Telemetry;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>Whoever asks beside it and whatever was reused, an answer is the one the model alone would give.</summary>
public sealed class EngineAnswerTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private static readonly int[] Ladder = [144, 36, 16, 9, 4, 1];

    [Fact]
    public async Task EveryBudget_EqualsTheModelAlone()
    {
        await using var host = new EngineHarness(tiny);
        foreach (var budget in Ladder)
        {
            var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, budget, budget)));
            Assert.Equal(AskStatus.OnTime, outcome.Status);
            Assert.Equal(budget, outcome.Budget);
            Assert.Equal(4 + budget + tiny.QuestionTokens(tiny.Questions[0]).Length, outcome.PromptTokens);
            Assert.Equal(Alone(1, 0, budget, 6), outcome.Text);
        }

        Assert.Equal(0, host.Engine.Status.ActiveRows);
        Assert.Equal(Ladder.Length, host.Metrics.Sum(InstrumentNames.EncoderCacheQueriesTotal));
        Assert.Equal(Ladder.Length - 1, host.Metrics.Sum(InstrumentNames.EncoderCacheHitsTotal)); // One encoding for all budgets.
    }

    [Fact]
    public async Task ManyAtOnce_EqualTheModelAlone()
    {
        await using var host = new EngineHarness(tiny);
        var asks = new List<(int Frame, int Question, int Budget, Task<AskOutcome> Ask)>();
        var (gate, first) = await host.HoldAsync();
        for (var i = 0; i < 24; i++)
        {
            var (frame, question, budget) = (1 + (i % 5), i % 2, Ladder[i % Ladder.Length]);
            asks.Add((frame, question, budget, host.AskAsync(host.Request(frame, question, budget, budget))));
        }

        gate.Set();
        await EngineHarness.End(first);
        foreach (var (frame, question, budget, ask) in asks)
        {
            var outcome = await EngineHarness.End(ask);
            Assert.Equal(AskStatus.OnTime, outcome.Status);
            Assert.Equal(Alone(frame, question, budget, 6), outcome.Text);
        }

        Assert.Equal(0, host.Engine.Status.QueueDepth);
        Assert.Equal(0, host.Engine.Status.ActiveRows);
    }

    [Fact]
    public async Task QuestionsOnOneFrame_EncodeAndPrefillItOnce()
    {
        await using var host = new EngineHarness(tiny);
        var (gate, first) = await host.HoldAsync();
        var asks = Enumerable.Range(0, 6).Select(i => host.AskAsync(host.Request(3, i % 2, 36, 36))).ToList();
        gate.Set();
        await EngineHarness.End(first);
        var outcomes = await Task.WhenAll(asks).WaitAsync(EngineHarness.Patience);

        Assert.Equal(1, outcomes.Count(o => o.CachedTokens == 0));
        Assert.Equal(5, outcomes.Count(o => o.CachedTokens == 4 + 36));
        for (var i = 0; i < outcomes.Length; i++)
        {
            Assert.Equal(Alone(3, i % 2, 36, 6), outcomes[i].Text);
        }

        Assert.Equal(7, host.Metrics.Sum(InstrumentNames.EncoderCacheQueriesTotal));
        Assert.Equal(5, host.Metrics.Sum(InstrumentNames.EncoderCacheHitsTotal));
    }

    [Fact]
    public async Task FrameAskedAgain_KeepsItsPrefix()
    {
        await using var host = new EngineHarness(tiny);
        var cached = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            cached.Add((await EngineHarness.End(host.AskAsync(host.Request(1, 0, 16, 16)))).CachedTokens);
        }

        Assert.Equal([0, 0, 20, 20], cached); // The second time shows that it is worth keeping.
    }

    [Fact]
    public async Task StreamedText_IsTheAnswer()
    {
        await using var host = new EngineHarness(tiny);
        var pieces = new List<string>();
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 1, 9, 9, maxNewTokens: 30, onText: pieces.Add)));
        Assert.Equal(outcome.Text, string.Concat(pieces));
        Assert.True(pieces.Count > 1);
        Assert.Equal(30, outcome.CompletionTokens);
        Assert.False(outcome.Stopped);
    }

    [Fact]
    public async Task AskThatNamesNoLimit_GetsTheLongestAnswerOfTheModel()
    {
        await using var host = new EngineHarness(tiny, o => o.TextTokens = 384);
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 36, 36) with { MaxNewTokens = null }));
        Assert.Equal((tiny.Model.Manifest.Prompt.MaxNewTokens, false), (outcome.CompletionTokens, outcome.Stopped));
    }

    [Fact]
    public async Task ContextEnd_EndsTheAnswer()
    {
        await using var host = new EngineHarness(tiny);
        var outcome = await EngineHarness.End(host.AskAsync(host.Request(1, 0, 144, 144, maxNewTokens: 5000)));
        Assert.Equal(host.Engine.MaxTextTokens, outcome.CompletionTokens + tiny.QuestionTokens(tiny.Questions[0]).Length);
        Assert.False(outcome.Stopped);
    }

    private string Alone(int frame, int question, int budget, int tokens) =>
        tiny.Tokenizer.Decode([.. tiny.Greedy(frame, question, budget, tokens).Where(t => t != 2)]);
}

using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Inference.Preprocessing;
using DeltaEdge.Inference.Running;
using DeltaEdge.Inference.Sessions;
using DeltaEdge.Inference.Tokenization;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>The model that ships, on the engine's own runner, gives the reference's tokens at every budget. Skips where it is absent.</summary>
public sealed class NanoEngineTests(CompiledNanoModel nano) : IClassFixture<CompiledNanoModel>
{
    [Fact]
    public void Greedy_EqualsTheReference() => EqualsTheReference(ExecutionProviders.Cpu);

    /// <summary>On a machine with an NVIDIA GPU, built with <c>GPU=1</c>; run by name.</summary>
    [Fact(Explicit = true)]
    public void GreedyOnCuda_EqualsTheReference() => EqualsTheReference(ExecutionProviders.Cuda);

    private void EqualsTheReference(string provider)
    {
        CompiledNanoModel.SkipUnlessThere();
        var model = EngineModel.FromPackage(ModelFixtures.Nano, nano.Model);
        var tokenizer = BpeTokenizer.Load(model.TokenizerPath);
        var (prompt, normalisation) = (model.Manifest.Prompt, model.Manifest.Normalisation);
        int[] head = [prompt.BosTokenId, .. tokenizer.Encode(prompt.BeforeImage)];
        Assert.Equal(nano.Golden.Wholes("prompt.before_ids"), head);
        var log = new CollectedLog();
        var sessions = new SessionFactory([provider], 2, spinMicroseconds: 0, log);
        using var runner = new ModelRunner(
            model.Compiled,
            head,
            new PixelNormalizer(normalisation.Mean.AsSpan(), normalisation.Deviation.AsSpan()),
            sessions,
            slots: 1,
            prefixes: 1,
            textTokens: 160);
        Assert.True(sessions.Provider == provider, $"{provider} is not used: {string.Join(" ", log.Lines)}");
        using var frame = runner.CreateFrame();
        runner.EncodePixels(nano.Golden.Floats("pixel_values"), frame);
        foreach (var budget in model.Manifest.Ladder.Budgets)
        {
            for (var q = 0; nano.Golden.Contains($"greedy.{budget}.{q}"); q++)
            {
                var question = nano.Golden.Wholes($"prompt.{q}.after_ids");
                Assert.Equal(nano.Golden.Wholes($"greedy.{budget}.{q}"), Greedy(runner, frame, budget, question, prompt.EosTokenId));
            }
        }
    }

    // The first question of a budget is prefilled whole, the others fork its prefix.
    private static int[] Greedy(ModelRunner runner, DeltaEdge.Inference.Memory.EncodedFrame frame, int budget, int[] question, int end)
    {
        var past = runner.TryFork(1, budget, 0);
        List<int> answer;
        if (past > 0)
        {
            answer = [runner.PrefillQuestion(question, 0, past)];
        }
        else
        {
            runner.Project(frame, budget);
            answer = [runner.PrefillPrompt(budget, question, 0)];
            runner.KeepPrefix(1, budget, 0);
        }

        for (var length = runner.PrefixLength(budget) + question.Length; answer[^1] != end && answer.Count < 96; length++)
        {
            runner.SetStep(0, answer[^1], length);
            runner.Step(1);
            answer.Add((int)runner.Next[0]);
        }

        return [.. answer];
    }
}

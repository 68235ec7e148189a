namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Compares the answers to all questions of a golden file at one budget.</summary>
internal static class GoldenAnswers
{
    public static void AssertMatch(PipelineRunner pipeline, GoldenFile golden, int budget, float[] visual)
    {
        var before = golden.Wholes("prompt.before_ids");
        var question = 0;
        for (; golden.Contains($"logits.{budget}.{question}"); question++)
        {
            var expected = golden.Wholes($"greedy.{budget}.{question}");
            var (logits, tokens) = pipeline.Answer(before, visual, golden.Wholes($"prompt.{question}.after_ids"), expected.Length);
            Closeness.AssertClose($"logits of question {question} at {budget}", golden.Floats($"logits.{budget}.{question}"), logits);
            Assert.Equal(expected, tokens);
        }

        Assert.True(question > 0, $"The golden file has no question at {budget}.");
    }
}

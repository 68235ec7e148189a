using DeltaEdge.Core.Models;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Every stage at every budget against the PyTorch reference, folded and unfolded.</summary>
public sealed class TinyModelGoldenTests(CompiledTinyModel tiny) : IClassFixture<CompiledTinyModel>
{
    public static TheoryData<int> Budgets => [144, 36, 16, 9, 4, 1];

    [Fact]
    public void Compiled_LadderIsThePackages() => Assert.Equal([144, 36, 16, 9, 4, 1], tiny.Folded.Ladder);

    [Fact]
    public void Encoder_GivesTheReferencesFeatures()
    {
        using var encoder = new StageRunner(tiny.Folded, tiny.Folded.Encoder);
        var outputs = encoder.Run(tiny.Golden.Floats("pixel_values"));
        Closeness.AssertClose("features", tiny.Golden.Floats("tapped"), outputs["features"]);
        Closeness.AssertClose("query_level", tiny.Golden.Floats("level"), outputs["query_level"]);
    }

    [Fact]
    public void Encoder_BatchOfTwo_GivesEachImageItsOwn()
    {
        using var encoder = new StageRunner(tiny.Folded, tiny.Folded.Encoder);
        var pixels = tiny.Golden.Floats("pixel_values");
        var other = pixels.Select(p => p * 0.5f).ToArray();
        var batched = encoder.Run([.. other, .. pixels])["features"];
        Closeness.AssertClose("features of the second", tiny.Golden.Floats("tapped"), batched.AsSpan(batched.Length / 2));
        Closeness.AssertClose("features of the first", encoder.Run(other)["features"], batched.AsSpan(0, batched.Length / 2));
    }

    [Theory]
    [MemberData(nameof(Budgets))]
    public void ProjectorFolded_GivesTheReferencesTokens(int budget) => AssertTokens(tiny.Folded, budget);

    [Theory]
    [MemberData(nameof(Budgets))]
    public void ProjectorUnfolded_GivesTheReferencesTokens(int budget) => AssertTokens(tiny.Unfolded, budget);

    [Theory]
    [MemberData(nameof(Budgets))]
    public void Projector_BatchOfTwo_EqualsEachAlone(int budget)
    {
        var tapped = tiny.Golden.Floats("tapped");
        var level = tiny.Golden.Floats("level");
        var otherTapped = tapped.Select(p => p * 0.5f).ToArray();
        var otherLevel = level.Select(p => p * 0.5f).ToArray();
        var batched = Project(tiny.Folded, budget, [.. tapped, .. otherTapped], [.. level, .. otherLevel]);
        Closeness.AssertClose("first", Project(tiny.Folded, budget, tapped, level), batched.AsSpan(0, batched.Length / 2));
        Closeness.AssertClose("second", Project(tiny.Folded, budget, otherTapped, otherLevel), batched.AsSpan(batched.Length / 2));
    }

    [Theory]
    [MemberData(nameof(Budgets))]
    public void WholeModel_GivesTheReferencesLogitsAndGreedyTokens(int budget)
    {
        using var decoder = new DecoderRunner(tiny.Folded, slots: 1, cacheLength: 256);
        var visual = Project(tiny.Folded, budget, tiny.Golden.Floats("tapped"), tiny.Golden.Floats("level"));
        for (var question = 0; tiny.Golden.Contains($"logits.{budget}.{question}"); question++)
        {
            var before = tiny.Golden.Wholes("prompt.before_ids");
            var after = tiny.Golden.Wholes($"prompt.{question}.after_ids");
            var length = before.Length + budget + after.Length;
            var step = decoder.Run(0, [.. decoder.Embed(before), .. visual, .. decoder.Embed(after)], length);
            Closeness.AssertClose($"logits at {budget}", tiny.Golden.Floats($"logits.{budget}.{question}"), step.Logits);

            var expected = tiny.Golden.Wholes($"greedy.{budget}.{question}");
            var greedy = new List<int> { (int)step.Next[0] };
            while (greedy.Count < expected.Length)
            {
                step = decoder.Run(0, decoder.Embed(greedy[^1]), length + greedy.Count);
                greedy.Add((int)step.Next[0]);
            }

            Assert.Equal(expected, greedy);
        }
    }

    private void AssertTokens(CompiledModel model, int budget) => Closeness.AssertClose(
        $"visual tokens at {budget}",
        tiny.Golden.Floats($"visual.{budget}"),
        Project(model, budget, tiny.Golden.Floats("tapped"), tiny.Golden.Floats("level")));

    private static float[] Project(CompiledModel model, int budget, float[] tapped, float[] level)
    {
        using var memory = new StageRunner(model, model.ProjectorMemory);
        using var query = new StageRunner(model, model.ProjectorQueries[budget]);
        var shared = memory.Run(tapped);
        return query.Run(level, shared["keys"], shared["values"])["visual_tokens"];
    }
}

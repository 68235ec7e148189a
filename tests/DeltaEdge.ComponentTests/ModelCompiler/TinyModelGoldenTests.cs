using DeltaEdge.Core.Models;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Every stage at every budget against the PyTorch reference, folded and unfolded, on random weights.</summary>
public sealed class TinyModelGoldenTests(CompiledTinyModel tiny) : IClassFixture<CompiledTinyModel>
{
    private const int CacheLength = 256;

    public static TheoryData<int> Budgets => [144, 36, 16, 9, 4, 1];

    [Fact]
    public void Ladder_IsThePackages() => Assert.Equal([144, 36, 16, 9, 4, 1], tiny.Folded.Ladder);

    [Fact]
    public void Encoder_GivesTheReferencesFeatures()
    {
        using var pipeline = new PipelineRunner(tiny.Folded, CacheLength);
        var (features, level) = pipeline.Encode(tiny.Golden.Floats("pixel_values"));
        Closeness.AssertClose("features", tiny.Golden.Floats("tapped"), features);
        Closeness.AssertClose("query_level", tiny.Golden.Floats("level"), level);
    }

    [Fact]
    public void Encoder_BatchOfTwo_GivesEachImageItsOwn()
    {
        using var encoder = new StageRunner(tiny.Folded, tiny.Folded.Encoder);
        var pixels = tiny.Golden.Floats("pixel_values");
        var other = Halved(pixels);
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
        using var pipeline = new PipelineRunner(tiny.Folded, CacheLength);
        var (features, level) = (tiny.Golden.Floats("tapped"), tiny.Golden.Floats("level"));
        var (otherFeatures, otherLevel) = (Halved(features), Halved(level));
        var batched = pipeline.Project(budget, [.. features, .. otherFeatures], [.. level, .. otherLevel]);
        Closeness.AssertClose("first", pipeline.Project(budget, features, level), batched.AsSpan(0, batched.Length / 2));
        Closeness.AssertClose("second", pipeline.Project(budget, otherFeatures, otherLevel), batched.AsSpan(batched.Length / 2));
    }

    [Theory]
    [MemberData(nameof(Budgets))]
    public void WholeModel_GivesTheReferencesLogitsAndGreedyTokens(int budget)
    {
        using var pipeline = new PipelineRunner(tiny.Folded, CacheLength);
        var (features, level) = pipeline.Encode(tiny.Golden.Floats("pixel_values"));
        GoldenAnswers.AssertMatch(pipeline, tiny.Golden, budget, pipeline.Project(budget, features, level));
    }

    private void AssertTokens(CompiledModel model, int budget)
    {
        using var pipeline = new PipelineRunner(model, CacheLength);
        var tokens = pipeline.Project(budget, tiny.Golden.Floats("tapped"), tiny.Golden.Floats("level"));
        Closeness.AssertClose($"visual tokens at {budget}", tiny.Golden.Floats($"visual.{budget}"), tokens);
    }

    private static float[] Halved(float[] values) => [.. values.Select(v => v * 0.5f)];
}

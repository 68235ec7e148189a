using System.Globalization;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>The model that ships against the PyTorch reference, stage after stage from pixels to answers.</summary>
public sealed class NanoModelGoldenTests(CompiledNanoModel nano) : IClassFixture<CompiledNanoModel>
{
    private const int CacheLength = 768;

    public static TheoryData<int> Budgets => [576, 144, 64, 36, 16, 4, 1];

    [Theory]
    [MemberData(nameof(Budgets))]
    public void WholeModel_GivesTheReferencesFeaturesTokensLogitsAndAnswers(int budget)
    {
        CompiledNanoModel.SkipUnlessThere();
        using var pipeline = new PipelineRunner(nano.Model, CacheLength);
        var (features, level) = pipeline.Encode(nano.Golden.Floats("pixel_values"));
        AssertRows("tapped", features);
        AssertRows("level", level);
        var visual = pipeline.Project(budget, features, level);
        AssertRows($"visual.{budget}", visual);
        GoldenAnswers.AssertMatch(pipeline, nano.Golden, budget, visual);
    }

    // The file keeps every n-th row of large tensors.
    private void AssertRows(string name, float[] actual)
    {
        var expected = nano.Golden.Floats(name);
        var width = nano.Golden.Shape(name)[^1];
        var step = expected.Length == actual.Length ? 1 : int.Parse(nano.Golden.Metadata("row_step"), CultureInfo.InvariantCulture);
        var kept = new List<float>(expected.Length);
        for (var row = 0; row < actual.Length / width; row += step)
        {
            kept.AddRange(actual.AsSpan(row * width, width));
        }

        Closeness.AssertClose(name, expected, [.. kept]);
    }
}

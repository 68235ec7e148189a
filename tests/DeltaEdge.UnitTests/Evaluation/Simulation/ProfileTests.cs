using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Simulation.Profiles;

namespace DeltaEdge.UnitTests.Evaluation.Simulation;

public sealed class ProfileTests
{
    [Fact]
    public void Roofline_HasTheFlopsOfItsShapes()
    {
        Assert.InRange(RooflineProfile.EncoderFlops(), 0.36e12, 0.40e12); // 0.19 T multiply-adds.
        Assert.InRange(RooflineProfile.PrefillSeconds(636, 0), 0.0142, 0.0160); // 2 * 6.74e9 * 636 FLOPs and their attention at 593 TFLOP/s.
        Assert.InRange(RooflineProfile.DecodeSeconds(1), 0.0040, 0.0047); // 13.5 GB at 3.4 TB/s.
        Assert.True(RooflineProfile.DecodeSeconds(8) < 2 * RooflineProfile.DecodeSeconds(1));
    }

    [Theory]
    [InlineData("nano")]
    [InlineData("7b-h200")]
    public void BuiltIns_CostLessWithFewerTokens(string name)
    {
        var profile = SimulationProfiles.Find(name)!;

        Assert.Equal(name, profile.Name);
        Assert.All(profile.Latency.PrefixSeconds, seconds => Assert.True(seconds > 0));
        Assert.Equal(profile.Latency.PrefixSeconds.OrderDescending(), profile.Latency.PrefixSeconds);
        Assert.All(Enum.GetValues<QuestionKind>(), kind => Assert.All(
            TokenLadder.Default.Budgets, budget => Assert.InRange(profile.Accuracy.Expected(budget, kind), 0, 1)));
    }

    [Fact]
    public void UnknownName_IsNone() => Assert.Null(SimulationProfiles.Find("huge"));

    [Fact]
    public void StoredProfile_IsReadAsTheEngineWroteIt()
    {
        const string Json =
            """
            { "ladder": [576, 144, 64, 36, 16, 4, 1], "frame_seconds": 0.01, "prefix_seconds": [0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1],
              "question_seconds": 0.002, "decode_step_seconds": [0.001, 0.0015] }
            """;

        var profile = StoredLatency.Parse(Json);

        Assert.Equal(0.01, profile.FrameSeconds);
        Assert.Equal([0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], profile.PrefixSeconds);
        Assert.Equal(0.002, profile.QuestionSeconds);
        Assert.Equal(0.0015, profile.DecodeStep(8));
    }

    [Theory]
    [InlineData("""{ "ladder": [576, 144], "frame_seconds": 0.01, "prefix_seconds": [0.7], "question_seconds": 0.002, "decode_step_seconds": [0.001] }""", "prefix_seconds")]
    [InlineData("""{ "ladder": [144, 576], "frame_seconds": 0.01, "prefix_seconds": [0.7, 1], "question_seconds": 0.002, "decode_step_seconds": [0.001] }""", "ladder")]
    [InlineData("""{ "ladder": [576], "frame_seconds": 0.01, "prefix_seconds": [0.7], "question_seconds": 0.002, "decode_step_seconds": [] }""", "decode_step_seconds")]
    [InlineData("""{ "ladder": [576], "frame_seconds": -1, "prefix_seconds": [0.7], "question_seconds": 0.002, "decode_step_seconds": [1] }""", "frame_seconds")]
    [InlineData("""{ "ladder": [576] }""", "frame_seconds")]
    [InlineData("no json", "JSON")]
    public void SomethingElse_SaysWhatIsWrong(string json, string named) =>
        Assert.Contains(named, Assert.Throws<FormatException>(() => StoredLatency.Parse(json)).Message, StringComparison.Ordinal);
}

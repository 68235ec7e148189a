using System.Reflection;
using System.Text.RegularExpressions;
using DeltaEdge.Telemetry;
using DeltaEdge.UnitTests.Architecture;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed partial class InstrumentNamesTests
{
    private static readonly IReadOnlyList<string> Names = [.. typeof(InstrumentNames)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.Name != nameof(InstrumentNames.Meter))
        .Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void EveryName_HasOneRowInTheDocumentAndTheOtherWayRound() =>
        Assert.Equal(Names.Order(StringComparer.Ordinal), Row().Matches(Repository.Read("docs/metrics.md")).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));

    /// <summary>Pages in which a metric may be named.</summary>
    public static TheoryData<string> Pages => [.. SourceFiles.Of("*.md").Where(f => f.StartsWith("docs/", StringComparison.Ordinal) || !f.Contains('/', StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryNameInAPage_IsThatOfAnInstrument(string page) => Assert.All(
        Word().Matches(Repository.Read(page)).Select(m => m.Value),
        word => Assert.Contains(Part().Replace(word, ""), Names));

    [Fact]
    public void EveryName_IsSnakeCaseWithOurPrefix() => Assert.All(Names, name => Assert.Matches("^deltaedge(_[a-z0-9]+)+$", name));

    [Fact]
    public void EveryCounterInTheDocument_EndsInTotalAndNothingElseDoes() => Assert.All(
        Row().Matches(Repository.Read("docs/metrics.md")),
        row => Assert.Equal(row.Groups[2].Value == "counter", row.Groups[1].Value.EndsWith("_total", StringComparison.Ordinal)));

    [Fact]
    public void EveryLabelInTheDocument_IsATagName()
    {
        var tags = typeof(TagNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).ToHashSet();

        Assert.All(
            Row().Matches(Repository.Read("docs/metrics.md")).SelectMany(m => m.Groups[3].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            label => Assert.Contains(label, tags));
    }

    [GeneratedRegex(@"(?m)^\| `(\w+)` \| (\w+) \| ([\w, ]*) ?\|")]
    private static partial Regex Row();

    [GeneratedRegex(@"\bdeltaedge_\w+")]
    private static partial Regex Word();

    // What a histogram's series are called behind its name.
    [GeneratedRegex("_(?:bucket|sum|count)$")]
    private static partial Regex Part();
}

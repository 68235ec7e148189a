using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeltaEdge.Evaluation.Reports;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>
/// Figures of this run and of runs before, in <c>artifacts/chaos/findings.json</c>; the newest of each is kept. At the end of a run
/// <c>report.md</c> beside it has them as a table.
/// </summary>
public sealed class Findings : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(int, string), Finding> _all = [];

    public Findings()
    {
        if (File.Exists(JsonFile))
        {
            foreach (var finding in JsonSerializer.Deserialize(File.ReadAllText(JsonFile), FindingJson.Default.FindingArray) ?? [])
            {
                _all[(finding.Promise, finding.What)] = finding;
            }
        }
    }

    /// <summary>Where everything of the chaos suite goes.</summary>
    public static string Folder { get; } = Repository.PathOf("artifacts", "chaos");

    private static string JsonFile => Path.Combine(Folder, "findings.json");

    /// <param name="promise">Number of the promise, 1 to 12.</param>
    /// <param name="what">What was measured.</param>
    /// <param name="value">The figure with its unit.</param>
    /// <param name="bound">What it is held against; empty if it is only told.</param>
    public void Add(int promise, string what, FormattableString value, string bound = "")
    {
        var finding = new Finding(promise, what, value.ToString(CultureInfo.InvariantCulture), bound);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {finding.Value}{(bound.Length > 0 ? $" (bound: {bound})" : "")}");
        lock (_lock)
        {
            _all[(promise, what)] = finding;
            Directory.CreateDirectory(Folder);
            File.WriteAllText(JsonFile, JsonSerializer.Serialize([.. _all.Values], FindingJson.Default.FindingArray));
        }
    }

    public void Dispose()
    {
        if (_all.Count > 0)
        {
            var rows = _all.Values.Select(f => (System.Collections.Immutable.ImmutableArray<ReportCell>)
                [new($"{f.Promise}"), new(f.What), new(f.Value), new(f.Bound)]);
            var table = new ReportTable("Figures of the chaos suite", ["promise", "measured", "figure", "bound"], [.. rows], TextColumns: 4);
            File.WriteAllText(Path.Combine(Folder, "report.md"), MarkdownTable.Render(table));
        }
    }
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Finding[]))]
internal sealed partial class FindingJson : JsonSerializerContext;

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeltaEdge.UnitTests.Architecture;

/// <summary>The layers of ARCHITECTURE.md, read from the project files: arrows point down only.</summary>
public sealed partial class DependencyDirectionTests
{
    private static readonly Dictionary<string, int> Layers = new()
    {
        ["DeltaEdge.Core"] = 0,
        ["DeltaEdge.Evaluation"] = 1,
        ["DeltaEdge.Fabric"] = 1,
        ["DeltaEdge.Imaging"] = 1,
        ["DeltaEdge.Telemetry"] = 1,
        ["OnnxRuntime"] = 1,
        ["DeltaEdge.Inference"] = 2,
        ["DeltaEdge.ModelCompiler"] = 2,
        ["DeltaEdge.Tracing"] = 2,
        ["DeltaEdge.Streams"] = 3,
        ["DeltaEdge.Delivery"] = 4,
        ["DeltaEdge.Worker"] = 5,
        ["DeltaEdge.Controller"] = 5,
        ["DeltaEdge.Gateway"] = 5,
        ["DeltaEdge.Cli"] = 6,
    };

    /// <summary>Within a layer: names and text of metrics are for everyone (docs/adr/0009).</summary>
    private static readonly HashSet<(string, string)> Allowed = [("DeltaEdge.Fabric", "DeltaEdge.Telemetry")];

    /// <summary>Long for a reason that its first comment gives.</summary>
    private const int MostLines = 400;

    [Fact]
    public void ProjectReferences_PointDown() => Assert.All(Projects(), project =>
    {
        Assert.True(Layers.TryGetValue(project.Name, out var layer), $"{project.Name} has no layer: add it here and in ARCHITECTURE.md.");
        Assert.All(project.References, reference => Assert.True(
            Layers[reference] < layer || Allowed.Contains((project.Name, reference)),
            $"{project.Name} (layer {layer}) references {reference} (layer {Layers[reference]})."));
    });

    [Fact]
    public void Core_HasNoPackages()
    {
        var core = Assert.Single(Projects(), p => p.Name == "DeltaEdge.Core");

        Assert.Empty(core.References);
        Assert.Empty(core.File.Descendants("PackageReference").Concat(core.File.Descendants("FrameworkReference")));
    }

    [Fact]
    public void Inference_KnowsNoHttpAndNoRedis() => Assert.All(
        SourceFiles.Of("*.cs").Where(f => f.StartsWith("services/DeltaEdge.Inference/", StringComparison.Ordinal)),
        file => Assert.DoesNotMatch("(?m)^using (System\\.Net\\.Http|Microsoft\\.AspNetCore|StackExchange)", Repository.Read(file)));

    [Fact]
    public void OpenTelemetry_IsKnownToTheExporterOnly() => Assert.Equal(
        ["services/DeltaEdge.Tracing"],
        SourceFiles.Of("*.cs", "*.csproj").Where(f => !f.StartsWith("tests/", StringComparison.Ordinal)).Where(f => Repository.Read(f).Contains("OpenTelemetry.", StringComparison.Ordinal))
            .Select(f => Path.GetDirectoryName(f)!).Distinct());

    [Fact]
    public void UnsafeCode_IsAllowedInTheNativeFencesOnly() => Assert.Equal(
        ["eng/OnnxRuntime/OnnxRuntime.csproj", "services/DeltaEdge.Evaluation/DeltaEdge.Evaluation.csproj", "services/DeltaEdge.Imaging/DeltaEdge.Imaging.csproj"],
        SourceFiles.Of("*.csproj", "*.props", "*.targets").Where(f => Repository.Read(f).Contains("<AllowUnsafeBlocks>true", StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void Notes_NameTheirIssue() => Assert.All(
        SourceFiles.Of("*.cs", "*.ts", "*.lua", "*.py", "*.csproj", "*.props"),
        file => Assert.DoesNotMatch(UnnumberedNote(), Repository.Read(file)));

    [Fact]
    public void CodeFiles_AreNotTooLong() => Assert.All(SourceFiles.Of("*.cs", "*.lua", "*.ts"), file =>
    {
        var lines = Repository.Read(file).Count(c => c == '\n');
        Assert.True(lines <= MostLines, $"{file} has {lines} lines; a reader wants at most {MostLines}.");
    });

    private static IEnumerable<Project> Projects() => SourceFiles.Of("*.csproj").Where(f => !f.StartsWith("tests/", StringComparison.Ordinal)).Select(path =>
    {
        var file = XDocument.Parse(Repository.Read(path));
        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).ToList();
        return new Project(Path.GetFileNameWithoutExtension(path), file, references);
    });

    // The words are split so that this file does not match itself.
    [GeneratedRegex("\\b(?:TO" + "DO|FIX" + "ME|HA" + "CK)\\b(?!.{0,3}#\\d)")]
    private static partial Regex UnnumberedNote();

    private sealed record Project(string Name, XDocument File, IReadOnlyList<string> References);
}

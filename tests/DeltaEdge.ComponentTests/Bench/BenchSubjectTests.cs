using DeltaEdge.Cli.Bench;
using DeltaEdge.ComponentTests.Worker.Swapping;
using Microsoft.Extensions.Configuration;

namespace DeltaEdge.ComponentTests.Bench;

/// <summary>Whatever makes results another system's shows in the subject; nothing else does.</summary>
public sealed class BenchSubjectTests : IDisposable
{
    private readonly TinyPackages _packages = new();
    private readonly string _package;

    public BenchSubjectTests() => _package = _packages.Add("tiny");

    public void Dispose() => _packages.Dispose();

    [Fact]
    public void SameSystem_DoesNotDiffer() =>
        Assert.Null(Of(("DeltaEdge__Engine__Slots", "2"), ("PATH", "/bin")).DifferenceFrom(Of(("PATH", "/usr/bin"), ("DELTAEDGE__Engine__Slots", "2"))));

    [Fact]
    public void OtherSettings_AreNamedAndNotTold()
    {
        var difference = Of(("DeltaEdge__Fabric__GatewaySecret", "a secret")).DifferenceFrom(Of())!;

        Assert.StartsWith("settings in the environment: none then, ", difference, StringComparison.Ordinal);
        Assert.DoesNotContain("a secret", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFilesUnderTheModelsName_AreAnotherSystem()
    {
        var kept = Of();
        File.AppendAllText(Path.Combine(_package, "tokenizer.json"), "\n");

        Assert.StartsWith("system: tiny (", Of().DifferenceFrom(kept), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherTruth_IsOtherFrames()
    {
        var (uri, frame) = (new Uri("http://127.0.0.1:8080"), Samples.Frames[0]);
        var regraded = frame with { Questions = [frame.Questions[0] with { Answer = "no" }] };
        var kept = BenchSubject.Running(uri, "nano under deltaedge", [frame with { Questions = [frame.Questions[0]] }]);

        Assert.StartsWith("frames: ", BenchSubject.Running(uri, "nano under deltaedge", [regraded]).DifferenceFrom(kept), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherPolicyAtTheSameAddress_IsAnotherSystem()
    {
        var uri = new Uri("http://127.0.0.1:8080");
        var kept = BenchSubject.Running(uri, "nano under fixed-576", Samples.Frames);

        Assert.StartsWith("system: ", BenchSubject.Running(uri, "nano under fixed-1", Samples.Frames).DifferenceFrom(kept), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherProgram_IsNamed() =>
        Assert.StartsWith("program: ", Of().DifferenceFrom(Of() with { Program = "another" }), StringComparison.Ordinal);

    private BenchSubject Of(params (string Name, string Value)[] environment) => BenchSubject.Embedded(
        _package,
        new ConfigurationBuilder().AddInMemoryCollection(environment.Select(e => KeyValuePair.Create(e.Name.Replace("__", ":", StringComparison.Ordinal), (string?)e.Value))).Build(),
        Samples.Frames);
}

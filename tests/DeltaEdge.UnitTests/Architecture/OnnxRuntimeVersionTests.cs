using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeltaEdge.UnitTests.Architecture;

/// <summary>ONNX Runtime comes in three packages, two of them for GPUs only; a library of another version than its C# API fails at run time.</summary>
public sealed partial class OnnxRuntimeVersionTests
{
    private const string Package = "com.github.asus4.onnxruntime";

    [Fact]
    public void GpuPackages_AreOfTheVersionThatIsBuiltAgainst()
    {
        using var manifest = JsonDocument.Parse(Repository.Read("eng/OnnxRuntime/package.json"));
        var makefile = Repository.Read("Makefile");

        var built = manifest.RootElement.GetProperty("dependencies").GetProperty(Package).GetString();
        Assert.Contains($" {Package}.linux-x64-gpu@{built} ", makefile, StringComparison.Ordinal);

        var version = Version().Match(manifest.RootElement.GetProperty("description").GetString()!).Groups[1].Value;
        Assert.Contains($" onnxruntime-node@{version}.", makefile, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"ONNX Runtime (\d+\.\d+)")]
    private static partial Regex Version();
}

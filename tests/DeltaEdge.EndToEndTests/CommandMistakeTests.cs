using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

/// <summary>What users and machines get wrong ends in one line that says it, and 1; never in a stack trace.</summary>
public sealed class CommandMistakeTests(EmbeddedSystemFixture system) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-mistakes-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("'/no-such' is no model package", "cluster", "--model", "/no-such")]
    [InlineData("/dev/null", "cluster", "--logs", "/dev/null/logs")]
    [InlineData("'/no-such' is no model package", "bench-smoke", "--model", "/no-such")]
    [InlineData("--repeats is 0; allowed: 1 to 1000.", "bench-smoke", "--repeats", "0")]
    [InlineData("/dev/null", "bench", "--capacity", "1", "--out", "/dev/null/bench")]
    [InlineData("--host is '127.0.0.1' and --port 99999; allowed", "up", "--port", "99999")]
    [InlineData("--host is 'foo.bar' and --port 0; allowed", "up", "--host", "foo.bar", "--port", "0")]
    [InlineData("http://127.0.0.1:1/ does not answer", "bench", "--url", "http://127.0.0.1:1", "--out", "/no-such")]
    [InlineData("--budget is '57x'", "load", "--budget", "57x")]
    [InlineData("Say --redis or --file, not both", "keys", "list", "--redis", "127.0.0.1:1", "--file", "/no-such/keys.json")]
    public Task WrongArgument_IsSaid(string said, params string[] arguments) => AssertSaidAsync(said, [], arguments);

    [Theory]
    [InlineData("gateway", "DeltaEdge__Gateway__Keyes")]
    [InlineData("worker", "DeltaEdge__Engine__Slotts")]
    [InlineData("controller", "DeltaEdge__Controler__Shadow")]
    [InlineData("up", "DeltaEdge__Gateway__Keyes")]
    public async Task MisspeltSetting_EndsTheStart(string role, string variable)
    {
        string[] arguments = role == "up" ? [role, "--port", "0"] : [role, "--urls=http://127.0.0.1:0"];
        var (exitCode, _, errors) = await DeltaEdgeProcess.RunAsync([(variable, "true")], arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(string.Join(':', variable.Split("__")[..2]), errors, StringComparison.Ordinal);
        Assert.Contains("Allowed", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask", "models/nano/samples/carpark.jpg", "Is there a red car?")]
    [InlineData("capacity")]
    [InlineData("bench", "--seconds", "1", "--capacity", "1", "--workload", "w1-rho1", "--policy", "deltaedge", "--out")]
    [InlineData("bench-smoke")]
    public Task WrongSetting_IsSaid(params string[] arguments) =>
        AssertSaidAsync("Slots must be between 1 and 256", [("DeltaEdge__Engine__Slots", "0")], arguments[^1] == "--out" ? [.. arguments, _folder.FullName] : arguments);

    [Theory]
    [InlineData("ask", "models/nano/samples/carpark.jpg", "Is there a red car?")]
    [InlineData("capacity")]
    [InlineData("bench", "--frames", "models/nano/bench", "--capacity", "1", "--workload", "w1-rho1", "--policy", "deltaedge")]
    [InlineData("up", "--port", "0")]
    public async Task BadManifest_IsSaid(params string[] arguments)
    {
        foreach (var file in (string[])["config.json", "model.safetensors", "tokenizer.json", ".compiled"])
        {
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, file), Path.Combine(Repository.Model, file));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "manifest.json"), "{}", TestContext.Current.CancellationToken);

        await AssertSaidAsync("manifest.json", [], [.. arguments, "--model", _folder.FullName]);
    }

    [Fact]
    public Task LoadWithoutFfmpeg_IsSaid() =>
        AssertSaidAsync("ffmpeg", [("PATH", _folder.FullName)], ["load", "--url", system.Address.ToString(), "--rate", "1", "--seconds", "1"]);

    [Fact]
    public Task LoadThatIsNotAnswered_SaysWhy() =>
        AssertSaidAsync("× HTTP 400.", [], ["load", "--url", system.Address.ToString(), "--rate", "20", "--seconds", "1", "--budget", "100"]);

    [Fact]
    public async Task WorkloadNamedTwice_IsRunOnce()
    {
        var (exitCode, output, errors) = await DeltaEdgeProcess.RunAsync(
            "simulate", "--workload", "step", "step-rho2", "--rho", "2", "--policy", "deltaedge", "fixed-1", "--seeds", "1", "--seconds", "3", "--out", _folder.FullName);

        Assert.True(exitCode == 0, errors);
        Assert.Equal(2, output.Split('\n').Count(l => l.Contains("times real time", StringComparison.Ordinal)));
    }

    private static async Task AssertSaidAsync(string said, (string Name, string Value)[] environment, string[] arguments)
    {
        var (exitCode, _, errors) = await DeltaEdgeProcess.RunAsync(environment, arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }
}

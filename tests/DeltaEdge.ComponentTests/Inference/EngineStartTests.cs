using System.Text.Json.Nodes;
using DeltaEdge.Core.Policies;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>From nothing to ready: providers, the measured profile and its file, options, the container.</summary>
public sealed class EngineStartTests(TinyModel tiny) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CollectedMetrics _metrics = new();

    [Fact]
    public async Task FirstStart_MeasuresAndTheSecondRecalls()
    {
        var log = new CollectedLog();
        await using var first = Start(log);
        var file = Assert.Single(Directory.GetFiles(_directory.Path));
        var profile = first.Profile;
        Assert.True(profile.FrameSeconds > 0 && profile.QuestionSeconds > 0 && profile.DecodeStep(1) > 0);
        Assert.Equal(profile.Ladder.Count, profile.PrefixSeconds.Length);
        Assert.Equal(3, profile.DecodeStepSeconds.Length); // 1, 2, 4 rows

        var stored = await RewriteAsync(file, times: 0.5); // Faster than the machine may be for any chance.
        await using var second = Start(log);
        Assert.Equal(stored, await File.ReadAllTextAsync(file));
        Assert.Equal(0.5 * profile.FrameSeconds, second.Profile.FrameSeconds, 1e-12);
    }

    [Fact]
    public async Task ProfileOfABusyMachine_IsMeasuredAnew()
    {
        var log = new CollectedLog();
        await using (Start(log))
        {
        }

        var file = Assert.Single(Directory.GetFiles(_directory.Path));
        var stored = await RewriteAsync(file, times: 20);
        await using var engine = Start(log);

        Assert.NotEqual(stored, await File.ReadAllTextAsync(file));
        Assert.Contains(log.Lines, l => l.Contains("measured anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartBesideAnother_BuildsBeforeItIsReadyAndKeepsNoProfile()
    {
        var starter = new EngineStarter(Options(), new MonotonicClock(TimeProvider.System), _metrics, new CollectedLog());
        await using var green = starter.StartBeside(tiny.Model);
        var built = _metrics.Read(InstrumentNames.EngineBuildsTotal, "start");
        await using var next = starter.StartBeside(tiny.Model);

        Assert.Empty(Directory.GetFiles(_directory.Path));
        Assert.True(green.Profile.FrameSeconds > 0);
        Assert.True(built > 0);
        Assert.Equal((2 * built, 0), (_metrics.Read(InstrumentNames.EngineBuildsTotal, "start"), _metrics.Read(InstrumentNames.EngineBuildsTotal, "serving")));
    }

    [Fact]
    public void GraphBuiltByAnEngineThatIsReady_IsCountedApart()
    {
        var gauges = new EngineGauges(_metrics);
        gauges.Built(isReady: false);
        gauges.Built(isReady: true);

        Assert.Equal((1, 1), (_metrics.Read(InstrumentNames.EngineBuildsTotal, "start"), _metrics.Read(InstrumentNames.EngineBuildsTotal, "serving")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"ladder":[5],"prefix_seconds":[1]}""")]
    [InlineData("""{"frame_seconds":0.01}""")]
    [InlineData("""{"ladder":[144,36,16,9,4,1],"frame_seconds":0.01,"question_seconds":0.01,"decode_step_seconds":[0.01]}""")]
    [InlineData("""{"ladder":[144,36,16,9,4,1],"prefix_seconds":[1,1,1,1,1,1],"question_seconds":0.01,"decode_step_seconds":[0.01]}""")]
    [InlineData("""{"ladder":[144,36,16,9,4,1],"frame_seconds":0.01,"prefix_seconds":[1,1,1,1,1,-1],"question_seconds":0.01,"decode_step_seconds":[0.01]}""")]
    [InlineData("""{"ladder":[144,36,16,9,4,1],"frame_seconds":1e999,"prefix_seconds":[1,1,1,1,1,1],"question_seconds":0.01,"decode_step_seconds":[0.01]}""")]
    public async Task SpoiltProfileFile_IsMeasuredAnew(string content)
    {
        await using (Start(new CollectedLog()))
        {
        }

        var file = Assert.Single(Directory.GetFiles(_directory.Path));
        await File.WriteAllTextAsync(file, content);
        await using var engine = Start(new CollectedLog());
        Assert.True(engine.Profile.FrameSeconds > 0);
        Assert.NotEqual(content, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task ProvidersThatAreNotHere_AreLoggedAndTheCpuServes()
    {
        var log = new CollectedLog();
        await using var engine = Start(log, o =>
        {
            o.Providers.Add("tensorrt");
            o.Providers.Add("cuda");
        });
        string[] refused = [.. log.Lines.Where(l => l.StartsWith("Execution provider", StringComparison.Ordinal))];
        Assert.Equal(2, refused.Length);
        Assert.All(refused, l => Assert.DoesNotContain("entry point", l, StringComparison.Ordinal)); // The provider is absent, not the call that asks for it.
        Assert.Contains(log.Lines, l => l.Contains("ready on cpu", StringComparison.Ordinal));
        Assert.Contains(log.Lines, l => l.Contains("asks for tensorrt first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ProvidersThatNobodyAskedFor_AreNoWarning()
    {
        var log = new CollectedLog();
        await using var engine = Start(log);
        Assert.DoesNotContain(log.Lines, l => l.Contains("asks for", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fastest")]
    [InlineData("fixed-7")]
    public void UnknownPolicy_IsNamedWithWhatIsAllowed(string policy)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Start(new CollectedLog(), o => o.Policy = policy));
        Assert.Contains($"'{policy}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("144, 36", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TokenizerWithIdsBeyondTheVocabulary_IsRefused()
    {
        var shape = tiny.Model.Compiled.Language with { VocabularySize = tiny.Tokenizer.VocabularySize - 1 };
        var model = tiny.Model with { Compiled = tiny.Model.Compiled with { Language = shape } };
        var starter = new EngineStarter(Options(), new MonotonicClock(TimeProvider.System), _metrics, new CollectedLog());
        Assert.Contains("tokenizer.json has ids up to 754", Assert.Throws<InvalidOperationException>(() => starter.Start(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FixedPolicy_SpendsItsBudget()
    {
        await using var engine = Start(new CollectedLog(), o => o.Policy = "fixed-9");
        var outcome = await engine.AskAsync(
            new AskRequest
            {
                Frame = new VisionFrame(1, EngineHarness.Image(1)),
                Question = tiny.Questions[0],
                Kind = QuestionKind.Count,
                Range = new(1, 144),
                SlaClass = "default",
                CapturedAt = TimeSpan.Zero,
                Deadline = TimeSpan.FromMinutes(10),
            },
            default).AsTask().WaitAsync(EngineHarness.Patience);
        Assert.Equal(9, outcome.Budget);
    }

    [Fact]
    public void Container_BuildsAndBindsOptions()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(tiny.Model);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DeltaEdge:Engine:Providers:0"] = "cpu",
            ["DeltaEdge:Engine:Slots"] = "2",
            ["DeltaEdge:Engine:ExpectedAnswerTokens:describe"] = "33",
        }).Build());
        services.AddVisionEngine();
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var options = provider.GetRequiredService<IOptions<EngineOptions>>().Value;
        Assert.Equal(["cpu"], options.Providers);
        Assert.Equal(2, options.Slots);
        Assert.Equal(33, options.ExpectedAnswerTokens["describe"]);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _directory.Dispose();
    }

    private IVisionEngine Start(CollectedLog log, Action<EngineOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        return new EngineStarter(options, new MonotonicClock(TimeProvider.System), _metrics, log).Start(tiny.Model);
    }

    /// <summary>Makes every time in a profile's file that many times as long; the new content.</summary>
    private static async Task<string> RewriteAsync(string file, double times)
    {
        var profile = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        foreach (var name in new[] { "frame_seconds", "question_seconds" })
        {
            profile[name] = times * profile[name]!.GetValue<double>();
        }

        foreach (var name in new[] { "prefix_seconds", "decode_step_seconds" })
        {
            profile[name] = new JsonArray([.. profile[name]!.AsArray().Select(s => (JsonNode)(times * s!.GetValue<double>()))]);
        }

        var content = profile.ToJsonString();
        await File.WriteAllTextAsync(file, content);
        return content;
    }

    private EngineOptions Options() => new() { Threads = 1, Slots = 4, TextTokens = 64, ProfileDirectory = _directory.Path, DrainMs = 0 };
}

using System.Globalization;
using DeltaEdge.ComponentTests.Inference;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Streams.Synthetic;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Drawn scenes: the same for a seed, moving, and seen right by the model that ships.</summary>
public sealed class SyntheticSourceTests(CompiledNanoModel nano) : IClassFixture<CompiledNanoModel>
{
    private const int Budget = 36;

    [Theory]
    [InlineData("synthetic:carpark?seed=7")]
    [InlineData("synthetic:panel")]
    public async Task Scene_RunsAndMoves(string source)
    {
        using var folder = new ClipFolder();
        await using var host = new StreamsHost(folder.Root);
        var camera = host.Add(StreamsHost.Spec("drawn", source, fps: 30));
        var first = await host.NextFrameAsync("drawn");
        var second = await host.NextFrameAsync("drawn");
        Assert.True(second.SourceSeconds > first.SourceSeconds);
        Assert.NotEqual(first.Image.Pixels, second.Image.Pixels);
        Assert.Equal((StreamState.Running, source), (camera.State, camera.Status.Source));
    }

    [Fact]
    public void OneSeed_IsOneScene()
    {
        var address = new SyntheticAddress(SyntheticAddress.Carpark, 3);
        var clock = new MonotonicClock(TimeProvider.System);
        Assert.Equal(new SyntheticSource(address, 1, 336, clock).Render(12).Pixels, new SyntheticSource(address, 1, 336, clock).Render(12).Pixels);
        Assert.NotEqual(
            new SyntheticSource(address, 1, 336, clock).Render(12).Pixels, new SyntheticSource(address with { Seed = 4 }, 1, 336, clock).Render(12).Pixels);
    }

    [Fact]
    public async Task ShippedModel_CountsTheCarsAndReadsTheDisplay()
    {
        CompiledNanoModel.SkipUnlessThere();
        var model = EngineModel.FromPackage(ModelFixtures.Nano, nano.Model);
        var clock = new MonotonicClock(TimeProvider.System);
        using var metrics = new CollectedMetrics();
        var options = new EngineOptions { Threads = 2, Slots = 2, Prefixes = 2, TextTokens = 128, DrainMs = 0 };
        options.Providers.Add("cpu");
        await using var engine = new EngineStarter(options, clock, metrics, NullLogger<EngineStarter>.Instance).Start(model, EngineHarness.KnownProfile(model.Manifest.Ladder));
        var (counted, read) = (0, 0);
        for (var frame = 0; frame < 50; frame++)
        {
            // In the middle of a step, when nothing is coming or going.
            var seconds = (frame * SceneTime.StepSeconds) + 3;
            var (cars, expectedCars) = Take(SyntheticAddress.Carpark, frame / 10, seconds);
            var (panel, expectedDigits) = Take(SyntheticAddress.Panel, frame / 10, seconds);
            counted += await AskAsync(cars, "How many cars are there?", QuestionKind.Count) == expectedCars.Cars.Length.ToString(CultureInfo.InvariantCulture) ? 1 : 0;
            read += await AskAsync(panel, "What does the display show?", QuestionKind.Read) == expectedDigits.Digits ? 1 : 0;
        }

        Assert.True(counted >= 40 && read >= 40, $"Of 50 frames {counted} were counted right and {read} read right.");

        (VisionFrame Frame, SceneTruth Truth) Take(string scene, int seed, double seconds)
        {
            var address = new SyntheticAddress(scene, seed);
            var image = new SyntheticSource(address, 1, model.Compiled.Vision.ImageSize, clock).Render(seconds);
            return (new VisionFrame((UInt128)(ulong)HashCode.Combine(scene, seconds) & UInt128.MaxValue, image), SyntheticSource.SceneOf(address).TruthAt(seconds));
        }

        async Task<string> AskAsync(VisionFrame frame, string question, QuestionKind kind)
        {
            var outcome = await engine.AskAsync(new AskRequest
            {
                Frame = frame,
                Question = question,
                Kind = kind,
                Range = new BudgetRange(Budget, Budget),
                SlaClass = "default",
                CapturedAt = clock.Now,
                Deadline = clock.Now + TimeSpan.FromMinutes(1),
                MaxNewTokens = 8,
            }, CancellationToken.None);
            return (outcome.Text ?? "").Trim().TrimEnd('.');
        }
    }
}

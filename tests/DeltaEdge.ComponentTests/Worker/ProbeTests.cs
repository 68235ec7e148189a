using System.Collections.Immutable;
using DeltaEdge.ComponentTests.Inference;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Tracing;
using DeltaEdge.Worker.Asking;
using DeltaEdge.Worker.Quality;
using DeltaEdge.Worker.Reporting;
using DeltaEdge.Worker.Serving;
using DeltaEdge.Worker.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Worker;

/// <summary>Agreement probes on the real engine.</summary>
public sealed class ProbeTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private static readonly QualityOptions Options = new() { ProbeShare = 1 };

    [Fact]
    public async Task IdleEngine_IsAskedAgainAtTheBestBudget()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var (asker, loop, model) = Worker(host, host.Engine);
        var degraded = (await asker.AskAsync(model, host.Request(1, 0, 1, 1), CancellationToken.None)).Outcome;
        Assert.Equal((AskStatus.OnTime, 1), (degraded.Status, degraded.Budget));
        await Settle(host, loop);

        await loop.TickAsync(CancellationToken.None);

        var best = await EngineHarness.End(host.AskAsync(host.Request(1, 0, host.Engine.Ladder.Largest, host.Engine.Ladder.Largest)));
        var agrees = AnswerMatch.Same(degraded.Text, best.Text);
        Assert.Equal(1, host.Metrics.Sum(InstrumentNames.AuditProbesTotal));
        Assert.Equal(agrees, model.Curves.Expected(0, QuestionKind.Count, 1) > 0.5);
        Assert.True(model.Curves.CurveOf(0, QuestionKind.Count).IsProbed);
    }

    [Fact]
    public async Task Arrival_TakesTheProbeOutOfTheEngine()
    {
        await using var host = new EngineHarness(tiny, manualTime: true);
        var (asker, loop, model) = Worker(host, new IdleLookingEngine(host.Engine));
        await asker.AskAsync(model, host.Request(1, 0, 1, 1), CancellationToken.None);
        await Settle(host, loop);
        var (gate, held) = await host.HoldAsync();
        var probe = loop.TickAsync(CancellationToken.None);
        Assert.Equal(1, host.Engine.Status.QueueDepth);

        asker.Arrived(model, 0, "default", new(1, 576), QuestionKind.Count);

        await probe.WaitAsync(EngineHarness.Patience);
        Assert.Equal(0, host.Engine.Status.QueueDepth);
        Assert.False(model.Curves.CurveOf(0, QuestionKind.Count).IsProbed);
        gate.Set();
        Assert.Equal(AskStatus.OnTime, (await EngineHarness.End(held)).Status);
        Assert.Equal(AskStatus.OnTime, (await asker.AskAsync(model, host.Request(3, 0, 1, 144), CancellationToken.None)).Outcome.Status);
    }

    private static (MeteredAsker Asker, ProbeLoop Loop, ServedModel Model) Worker(EngineHarness host, IVisionEngine engine)
    {
        var ladder = engine.Ladder;
        var rising = ImmutableArray.CreateRange(Enumerable.Range(0, ladder.Count).Select(rung => rung == 0 ? 1 : 0.5));
        var curves = new CurveBook(ladder, new AccuracyProfile(ladder, new Dictionary<QuestionKind, ImmutableArray<double>> { [QuestionKind.Count] = rising }, "made up"), SlaCatalog.Default, 0);
        var models = new ModelInForce(new ServedModel(engine, curves, new ProbeReservoir(ladder, curves, Options), "w1"));
        var turn = new ProbeTurn();
        var asker = new MeteredAsker(
            new LoadMeter(SlaCatalog.Default, host.Clock), new WorkerMetrics(host.Metrics, models, host.Clock), turn,
            new AskTraces(host.Clock, Microsoft.Extensions.Options.Options.Create(new TracingOptions())));
        return (asker, new ProbeLoop(models, turn, new ProbeMetrics(host.Metrics), SlaCatalog.Default, Options, host.Clock, NullLogger<ProbeLoop>.Instance), models.Current);
    }

    /// <summary>Two looks at the engine a second apart, the first of which knows too little to probe.</summary>
    private static async Task Settle(EngineHarness host, ProbeLoop loop)
    {
        await loop.TickAsync(CancellationToken.None);
        Assert.Equal(0, host.Metrics.Sum(InstrumentNames.AuditProbesTotal));
        host.Time!.Advance(TimeSpan.FromSeconds(2));
    }
}

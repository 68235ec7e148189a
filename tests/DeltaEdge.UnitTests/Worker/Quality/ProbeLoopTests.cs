using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Asking;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.Worker.Quality;

namespace DeltaEdge.UnitTests.Worker.Quality;

public sealed class ProbeLoopTests : IDisposable
{
    private readonly ProbeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task DegradedAnswer_IsAskedAgainAtTheBestBudgetOnItsFrame()
    {
        await _world.SettleAsync();
        _world.Offer(4, "3", frame: 42);

        await Tick();

        var probe = Assert.Single(_world.Engine.Asked);
        Assert.Equal((36, 36), (probe.Range.Floor, probe.Range.Ceiling));
        Assert.Equal(((UInt128)42, "How many cars are there?", QuestionKind.Count), (probe.Frame.Key, probe.Question, probe.Kind));
        Assert.Equal((ProbeLoop.SlaClass, 0UL), (probe.SlaClass, probe.Stream));
        Assert.True(probe.Deadline - _world.Clock.Now > TimeSpan.FromSeconds(5), "Every real deadline comes before a probe's.");
    }

    [Theory]
    [InlineData("3.", "agreed")]
    [InlineData("4", "disagreed")]
    public async Task Probe_CorrectsTheCurve(string best, string outcome)
    {
        await _world.SettleAsync();
        _world.Engine.Answers = (ask, _) => Task.FromResult(FakeEngine.Outcome(ask.Range.Ceiling, best));
        var before = _world.Book.Expected(7, QuestionKind.Count, 4);
        _world.Offer(4, "3");

        await Tick();

        var after = _world.Book.Expected(7, QuestionKind.Count, 4);
        Assert.Equal(outcome == "agreed", after > before);
        Assert.Equal(0.84, _world.Book.Expected(8, QuestionKind.Count, 4), 9);
        _world.ReadGauges();
        Assert.Equal(1, _world.Measured[$"deltaedge_audit_probes_total,{outcome}"]);
        Assert.Equal(outcome == "agreed" ? 1 : 0, _world.Measured["deltaedge_audit_agreement_ratio,4,count"]);
    }

    [Fact]
    public async Task AnswerIsProbed_Once()
    {
        await _world.SettleAsync();
        _world.Offer(4, "3");

        await Tick();
        await Tick();

        Assert.Single(_world.Engine.Asked);
        Assert.Equal(0, _world.Reservoir.Count);
    }

    [Fact]
    public async Task LeastProbedBudget_GoesFirst()
    {
        await _world.SettleAsync();
        _world.Book.Learn(7, QuestionKind.Count, 4, agrees: true);
        _world.Offer(1, "3", frame: 1);
        _world.Offer(4, "3", frame: 2);

        await Tick();

        Assert.Equal((UInt128)1, Assert.Single(_world.Engine.Asked).Frame.Key);
    }

    [Fact]
    public async Task Disagreement_RaisesTheFloorAndTestsBelowItAgain()
    {
        await _world.SettleAsync();
        _world.Engine.Answers = (ask, _) => Task.FromResult(FakeEngine.Outcome(ask.Range.Ceiling, ask.Range.Ceiling == 36 ? "5" : "3"));
        for (var i = 0; i < 30 && _world.Book.FloorOf(7, QuestionKind.Count) == 4; i++)
        {
            _world.Offer(4, "3");
            await Tick();
        }

        Assert.Equal(16, _world.Book.FloorOf(7, QuestionKind.Count));

        // From here on nobody is given 4 tokens. What they would say is asked of an answer at the floor.
        _world.Book.Learn(7, QuestionKind.Count, 16, agrees: true);
        while (_world.Book.CurveOf(7, QuestionKind.Count).Probes(4) < _world.Book.CurveOf(7, QuestionKind.Count).Probes(5))
        {
            _world.Book.Learn(7, QuestionKind.Count, 16, agrees: true);
        }

        _world.Engine.Asked.Clear();
        _world.Offer(16, "5");
        await Tick();

        Assert.Equal([4, 36], _world.Engine.Asked.Select(a => a.Range.Ceiling));
    }

    [Fact]
    public async Task NothingIsAsked_BeforeASecondWasSeen()
    {
        _world.Offer(4, "3");
        await _world.Loop.TickAsync(CancellationToken.None);

        Assert.Empty(_world.Engine.Asked);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task NothingIsAsked_WhileAnythingWaitsOrDecodes(int waiting, int active)
    {
        await _world.SettleAsync();
        _world.Engine.Status = new EngineStatus(waiting, 0, active, 0, 576);
        _world.Offer(4, "3");

        await Tick();

        Assert.Empty(_world.Engine.Asked);
    }

    [Fact]
    public async Task NothingIsAsked_UnderLoad()
    {
        await _world.SettleAsync();
        for (var i = 0; i < 30; i++)
        {
            // Idle whenever the loop looks, and busy two thirds of the time all the same.
            _world.Engine.Status = _world.Engine.Status with { BusySeconds = _world.Engine.Status.BusySeconds + (0.66 * ProbeLoop.Period.TotalSeconds) };
            _world.Offer(4, "3");
            await Tick();
        }

        // The second that was idle before runs out within the first ticks.
        Assert.InRange(_world.Engine.Asked.Count, 0, 5);
        var before = _world.Engine.Asked.Count;
        _world.Engine.Status = _world.Engine.Status with { BusySeconds = _world.Engine.Status.BusySeconds + 0.066 };
        _world.Offer(4, "3");
        await Tick();
        Assert.Equal(before, _world.Engine.Asked.Count);
    }

    [Fact]
    public async Task NothingIsAsked_ThatTakesTooLong()
    {
        await _world.SettleAsync();
        _world.Engine.Profile = Reports.Profile(scale: 2); // 0.09 s at 36 tokens; a quarter of 300 ms is 0.075 s.
        _world.Offer(4, "3");

        await Tick();

        Assert.Empty(_world.Engine.Asked);
    }

    [Fact]
    public async Task NothingIsAsked_OfAnOldFrame()
    {
        await _world.SettleAsync();
        _world.Offer(4, "3");
        _world.Time.Advance(TimeSpan.FromMilliseconds(_world.Options.ProbeMaxAgeMs + 1));

        await Tick();

        Assert.Empty(_world.Engine.Asked);
        Assert.Equal(0, _world.Reservoir.Count);
    }

    [Fact]
    public async Task Arrival_CancelsTheProbeThatRuns()
    {
        await _world.SettleAsync();
        var cancelled = new TaskCompletionSource();
        _world.Engine.Answers = async (ask, token) =>
        {
            await using var registration = token.UnsafeRegister(_ => cancelled.TrySetResult(), null);
            await cancelled.Task;
            return FakeEngine.Outcome(0, "", AskStatus.Cancelled);
        };
        _world.Offer(4, "3");
        var probing = Tick();
        Assert.False(probing.IsCompleted);

        _world.Asker.Arrived(_world.Model, 7, "default", new(1, 576), QuestionKind.Count);

        await probing;
        Assert.Equal(1, _world.Measured["deltaedge_audit_probes_total,cancelled"]);
        Assert.False(_world.Book.CurveOf(7, QuestionKind.Count).IsProbed);
    }

    [Theory]
    [InlineData(AskStatus.Failed)]
    [InlineData(AskStatus.Overloaded)]
    public async Task ProbeWithoutAnAnswer_TeachesNothing(AskStatus status)
    {
        await _world.SettleAsync();
        _world.Engine.Answers = (_, _) => Task.FromResult(FakeEngine.Outcome(36, "", status));
        _world.Offer(4, "3");

        await Tick();

        Assert.Equal(1, _world.Measured["deltaedge_audit_probes_total,failed"]);
        Assert.False(_world.Book.CurveOf(7, QuestionKind.Count).IsProbed);
    }

    [Fact]
    public async Task ProbeThatThrows_IsContained()
    {
        await _world.SettleAsync();
        _world.Engine.Answers = (_, _) => throw new InvalidOperationException("bug");
        _world.Offer(4, "3");

        await Tick();

        Assert.Equal(1, _world.Measured["deltaedge_audit_probes_total,failed"]);
    }

    [Fact]
    public async Task Probe_IsNeitherDemandNorOutcome()
    {
        await _world.SettleAsync();
        _world.Offer(4, "3");

        await Tick();

        Assert.Single(_world.Engine.Asked);
        Assert.DoesNotContain(_world.Measured.Keys, k => k.StartsWith("deltaedge_frames_total", StringComparison.Ordinal) || k.Contains("accuracy", StringComparison.Ordinal));
    }

    [Fact]
    public void ProbesOff_KeepNoFrame()
    {
        using var world = new ProbeWorld(new QualityOptions { Probes = false });
        world.Offer(4, "3");

        Assert.Equal(0, world.Reservoir.Count);
    }

    [Fact]
    public void Reservoir_IsBounded()
    {
        for (var stream = 1UL; stream <= 40; stream++)
        {
            _world.Offer(4, "3", stream);
            _world.Offer(4, "4", stream);
        }

        Assert.Equal(ProbeReservoir.Most, _world.Reservoir.Count);
        Assert.Equal((40UL, "4"), (_world.Reservoir.Next(_world.Clock.Now)!.Ask.Stream, _world.Reservoir.Next(_world.Clock.Now)!.Outcome.Text));
    }

    private Task Tick()
    {
        _world.Time.Advance(ProbeLoop.Period);
        return _world.Loop.TickAsync(CancellationToken.None);
    }
}

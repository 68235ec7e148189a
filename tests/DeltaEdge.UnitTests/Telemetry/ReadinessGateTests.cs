using DeltaEdge.Telemetry.Health;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class ReadinessGateTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void NothingRegistered_IsReady() => Assert.True(new ReadinessGate().IsReady);

    [Fact]
    public void OneConditionMissing_IsNamedWithItsReason()
    {
        var gate = new ReadinessGate();
        gate.Register("model").SetReady();
        gate.Register("engine", "warming up");

        Assert.False(gate.IsReady);
        Assert.Equal([new NotReady("engine", "warming up")], gate.Missing);
    }

    [Fact]
    public async Task LastConditionReady_CompletesTheWait()
    {
        var gate = new ReadinessGate();
        var model = gate.Register("model");
        var engine = gate.Register("engine");
        var wait = gate.WaitAsync(TestContext.Current.CancellationToken);
        model.SetReady();
        Assert.False(wait.IsCompleted);

        engine.SetReady();

        await wait.WaitAsync(Limit);
    }

    [Fact]
    public async Task ReadinessLost_MakesTheNextWaitWait()
    {
        var gate = new ReadinessGate();
        var engine = gate.Register("engine");
        engine.SetReady();
        engine.SetNotReady("lost");
        var wait = gate.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);

        engine.SetReady();

        await wait.WaitAsync(Limit);
    }

    [Fact]
    public void NameTaken_IsRefused()
    {
        var gate = new ReadinessGate();
        gate.Register("engine");

        Assert.Throws<InvalidOperationException>(() => gate.Register("engine"));
    }
}

using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using DeltaEdge.Controller;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Telemetry.Health;
using DeltaEdge.UnitTests.Core;
using DeltaEdge.UnitTests.Telemetry;
using DeltaEdge.UnitTests.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Controller;

public sealed class BudgetLoopTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly MonotonicClock _clock;
    private readonly InProcessFabric _fabric;
    private readonly List<Loop> _loops = [];
    private long _sequence;

    public BudgetLoopTests()
    {
        _clock = new(_time);
        _fabric = new(_clock);
    }

    [Fact]
    public async Task LoadJumps_PlanStepsDownWithinAPeriod()
    {
        await StartAsync();
        await ReportAsync(1);
        await TickAsync();
        Assert.Equal(576, _fabric.Latest!.Classes["default"].Ceiling);

        await ReportAsync(15);
        await TickAsync();

        Assert.Equal(64, _fabric.Latest!.Classes["default"].Ceiling);
    }

    [Fact]
    public async Task Metrics_TellStateBudgetAndChanges()
    {
        var loop = await StartAsync();
        await ReportAsync(15);
        await TickAsync();

        var metrics = loop.Host.Scrape();

        Assert.Equal(1, metrics["""deltaedge_controller_state{state="leading"}"""]);
        Assert.Equal(0, metrics["""deltaedge_controller_state{state="standby"}"""]);
        Assert.Equal(64, metrics["""deltaedge_plan_ceiling_tokens{sla_class="default"}"""]);
        Assert.Equal(1, metrics["""deltaedge_plan_changes_total{direction="down",reason="load"}"""]);
        Assert.Equal(1, metrics["deltaedge_plan_switches_per_minute"]);
        Assert.Equal(_fabric.Latest!.Price, metrics["deltaedge_plan_price"]);
        Assert.True(metrics["deltaedge_plan_utilisation_ratio"] is > 0 and <= 0.95);
    }

    [Fact]
    public async Task SwitchesPerMinute_AreForgottenAfterAMinute()
    {
        var loop = await StartAsync();
        await ReportAsync(15);
        await TickAsync();
        await loop.StopAsync();

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(0, loop.Host.Scrape()["deltaedge_plan_switches_per_minute"]);
    }

    [Fact]
    public async Task Shadow_PublishesNothing()
    {
        var loop = await StartAsync(new() { Shadow = true, HighUtilisation = 1.1, LowUtilisation = 0.95, ConfirmHoldMs = 0 });
        await ReportAsync(15);
        await TickAsync(loop);

        Assert.Null(_fabric.Latest);
        Assert.Equal(1, loop.Host.Scrape()["""deltaedge_controller_state{state="shadow"}"""]);
        Assert.Equal(64, loop.Host.Scrape()["""deltaedge_plan_ceiling_tokens{sla_class="default"}"""]);
    }

    [Fact]
    public async Task TwoControllers_OnlyOnePublishesAndTheOtherGoesOnFromItsPlan()
    {
        var first = await StartAsync();
        await ReportAsync(15);
        await TickAsync();
        var second = await StartAsync();
        await TickAsync();
        Assert.Equal(1, second.Host.Scrape()["""deltaedge_controller_state{state="standby"}"""]);
        var before = _fabric.Latest!;

        await first.StopAsync();
        await ReportAsync(5);
        await TickAsync();

        Assert.Equal(1, second.Host.Scrape()["""deltaedge_controller_state{state="leading"}"""]);
        Assert.Equal(before.Version + 1, _fabric.Latest!.Version);
        Assert.Equal(before.Price, _fabric.Latest!.Price);
        Assert.Equal(before.Classes["default"], _fabric.Latest!.Classes["default"]);
    }

    [Fact]
    public async Task BoardAheadOfARunOutPlan_IsOvertaken()
    {
        var term = (await _fabric.TryHoldAsync("earlier", default))!.Value;
        await _fabric.PublishAsync(new() { Version = 1000, TtlMs = 1000, Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("default", new(1, 144)) }, term, default);
        await _fabric.ReleaseAsync("earlier", default);
        _time.Advance(TimeSpan.FromSeconds(2));

        await StartAsync();
        await TickAsync();

        Assert.Equal(1001, _fabric.Latest!.Version);
    }

    [Fact]
    public async Task Stopped_GivesTheLeaseUp()
    {
        var loop = await StartAsync();
        await loop.StopAsync();

        Assert.NotNull(await _fabric.TryHoldAsync("another", default));
    }

    public void Dispose() => _loops.ForEach(l => l.Dispose());

    private async Task<Loop> StartAsync(ControllerOptions? options = null)
    {
        var loop = new Loop(_fabric, _clock, options ?? new ControllerOptions { HighUtilisation = 1.1, LowUtilisation = 0.95, ConfirmHoldMs = 0 });
        _loops.Add(loop);
        var ticked = loop.NextTick();
        await loop.StartAsync();
        await ticked.WaitAsync(Limit);
        return loop;
    }

    /// <summary>Lets every running loop make its next tick.</summary>
    private async Task TickAsync(params Loop[] only)
    {
        var ticks = (only.Length > 0 ? only : [.. _loops.Where(l => l.Running)]).Select(l => l.NextTick()).ToList();
        _time.Advance(TimeSpan.FromMilliseconds(250));
        await Task.WhenAll(ticks).WaitAsync(Limit);
    }

    private async Task ReportAsync(double perSecond) =>
        await _fabric.PublishAsync(Reports.Worker("w1", Reports.Load(perSecond)) with { Sequence = ++_sequence }, default);

    /// <summary>A loop, and its ticks as a test can wait for them: from its own tick counter.</summary>
    private sealed class Loop : IDisposable
    {
        private readonly BudgetLoop _loop;
        private readonly MeterListener _listener = new();
        private readonly Lock _lock = new();
        private TaskCompletionSource _tick = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Loop(InProcessFabric fabric, MonotonicClock clock, ControllerOptions options)
        {
            var factory = Host.Services.GetRequiredService<IMeterFactory>();
            var metrics = new ControllerMetrics(factory, clock);
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "deltaedge_controller_ticks_total" && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, _, _) => Ticked());
            _listener.Start();
            _loop = new(fabric, fabric, fabric, fabric, SlaCatalog.Default, clock, metrics, new ReadinessGate(), Options.Create(options), NullLogger<BudgetLoop>.Instance);
        }

        public TelemetryContainer Host { get; } = new();

        public bool Running { get; private set; }

        public Task StartAsync()
        {
            Running = true;
            return _loop.StartAsync(CancellationToken.None);
        }

        public Task StopAsync()
        {
            Running = false;
            return _loop.StopAsync(CancellationToken.None);
        }

        public Task NextTick()
        {
            lock (_lock)
            {
                return _tick.Task;
            }
        }

        public void Dispose()
        {
            _loop.Dispose();
            _listener.Dispose();
            Host.Dispose();
        }

        private void Ticked()
        {
            lock (_lock)
            {
                _tick.TrySetResult();
                _tick = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}

using System.Diagnostics.Metrics;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Telemetry.Tracing;
using DeltaEdge.UnitTests.Core.Quality;
using DeltaEdge.UnitTests.Time;
using DeltaEdge.Worker.Asking;
using DeltaEdge.Worker.Quality;
using DeltaEdge.Worker.Reporting;
using DeltaEdge.Worker.Serving;
using DeltaEdge.Worker.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.UnitTests.Worker.Quality;

/// <summary>What a worker asks with, on a clock that stands and an engine that is told what to say.</summary>
internal sealed class ProbeWorld : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();

    public ProbeWorld(QualityOptions? options = null)
    {
        Clock = new MonotonicClock(Time);
        Options = options ?? new QualityOptions();
        Book = Curves.Book(Options.MaxLoss);
        Reservoir = new ProbeReservoir(TokenLadder.Default, Book, Options);
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        _listener.Start();
        Model = new ServedModel(Engine, Book, Reservoir, "w1");
        Models = new ModelInForce(Model);
        Load = new LoadMeter(SlaCatalog.Default, Clock);
        Asker = new MeteredAsker(Load, new WorkerMetrics(meters, Models, Clock), Turn,
            new AskTraces(Clock, Microsoft.Extensions.Options.Options.Create(new TracingOptions())));
        Loop = new ProbeLoop(Models, Turn, new ProbeMetrics(meters), SlaCatalog.Default, Options, Clock, NullLogger<ProbeLoop>.Instance);
    }

    public ManualTimeProvider Time { get; } = new();

    public MonotonicClock Clock { get; }

    public QualityOptions Options { get; }

    public FakeEngine Engine { get; } = new();

    public CurveBook Book { get; }

    public ProbeReservoir Reservoir { get; }

    public ProbeTurn Turn { get; } = new();

    public ServedModel Model { get; }

    public ModelInForce Models { get; }

    public LoadMeter Load { get; }

    public MeteredAsker Asker { get; }

    public ProbeLoop Loop { get; }

    /// <summary>Last value of a gauge, sum of a counter, by name and labels' values joined by commas.</summary>
    public Dictionary<string, double> Measured { get; } = [];

    public void ReadGauges() => _listener.RecordObservableInstruments();

    /// <summary>Lets the loop see an engine that was idle for longer than it looks back.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 11; i++)
        {
            await Loop.TickAsync(CancellationToken.None);
            Time.Advance(ProbeLoop.Period);
        }
    }

    public AskRequest Request(ulong stream = 7, QuestionKind kind = QuestionKind.Count, int frame = 1) => new()
    {
        Frame = new VisionFrame((UInt128)frame, new RgbImage(14, 14, new byte[14 * 14 * 3])),
        Question = "How many cars are there?",
        Kind = kind,
        Range = BudgetRange.Whole(TokenLadder.Default),
        SlaClass = "default",
        CapturedAt = Clock.Now,
        Deadline = Clock.Now + TimeSpan.FromMilliseconds(500),
        Stream = stream,
    };

    /// <summary>Puts an answer of that budget where probes find it.</summary>
    public void Offer(int budget, string text, ulong stream = 7, QuestionKind kind = QuestionKind.Count, int frame = 1) =>
        Reservoir.Offer(new ProbedAnswer(Request(stream, kind, frame), FakeEngine.Outcome(budget, text, finishedAt: Clock.Now)));

    public void Dispose()
    {
        Loop.Dispose();
        _listener.Dispose();
        _services.Dispose();
    }

    private void Count(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string> { name };
        foreach (var tag in tags)
        {
            labels.Add($"{tag.Value}");
        }

        var key = string.Join(',', labels);
        Measured[key] = name.EndsWith("_total", StringComparison.Ordinal) ? Measured.GetValueOrDefault(key) + value : value;
    }
}

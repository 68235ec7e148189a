using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Push;
using DeltaEdge.Streams.Registry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>The streams of a worker with a test's sink, small frames and short delays.</summary>
internal sealed class StreamsHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));

    public StreamsHost(string folder, Action<StreamsOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton<IFrameSink>(Frames);
        services.AddFabric(new ConfigurationBuilder().Build());
        services.AddStreams();
        services.Configure<StreamsOptions>(o =>
        {
            o.AllowedDirectories.Add(folder);
            o.ImageSize = ClipFolder.Side;
            o.CaptureFps = 30;
            o.ReconnectMinSeconds = 0.05;
            o.ReconnectMaxSeconds = 0.2;
            configure?.Invoke(o);
        });
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        Registry = _services.GetRequiredService<StreamRegistry>();
        Sources = _services.GetRequiredService<IFrameSourceFactory>();
        Push = _services.GetRequiredService<PushDoor>();
        Clock = _services.GetRequiredService<MonotonicClock>();
    }

    public FrameLog Frames { get; } = new();

    public StreamRegistry Registry { get; }

    public IFrameSourceFactory Sources { get; }

    public PushDoor Push { get; }

    public MonotonicClock Clock { get; }

    /// <summary>Ends waits that will never be satisfied.</summary>
    public CancellationToken Patience => _patience.Token;

    public static StreamSpec Spec(string id, string source, double fps = 10, bool loop = true, StreamTransport transport = StreamTransport.Tcp) => new()
    {
        Id = id,
        Source = source,
        Questions = [new StreamQuestion("q1", "What is it?", QuestionKind.Other)],
        Fps = fps,
        SlaClass = "default",
        DeadlineMs = 500,
        Range = BudgetRange.Whole(TokenLadder.Default),
        Loop = loop,
        Transport = transport,
    };

    public Camera Add(StreamSpec spec)
    {
        var added = Registry.Add(spec);
        Assert.Null(added.Error);
        return added.Value!;
    }

    public Task<CapturedFrame> NextFrameAsync(string stream) => Frames.NextAsync(stream, Patience);

    public async Task WaitForAsync(Camera camera, StreamState state)
    {
        try
        {
            await camera.WaitForStateAsync(s => s == state, Patience);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Stream {camera.Spec.Id} did not become {state}; it is {camera.State}: {camera.Status.LastError}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _patience.Dispose();
    }
}

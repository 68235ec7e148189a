using DeltaEdge.Core.Time;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Answers;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Ffmpeg;
using DeltaEdge.Streams.Gating;
using DeltaEdge.Streams.Images;
using DeltaEdge.Streams.Metrics;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Streams.Push;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Streams.Snapshots;
using DeltaEdge.Streams.Sources;
using DeltaEdge.Streams.Synthetic;
using DeltaEdge.Telemetry.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the streams of a worker. The host adds its <see cref="DeltaEdge.Streams.Lifecycle.IFrameSink"/>.</summary>
public static class StreamsServiceCollectionExtensions
{
    public static IServiceCollection AddStreams(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddOptionsWithValidateOnStart<StreamsOptions, StreamsOptionsValidator>().BindConfiguration(StreamsOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StreamsOptions>, StreamsOptionsCrossValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MonotonicClock>();
        services.TryAddTransient<HostLookup>();
        services.TryAddSingleton<SourcePolicy>();
        services.TryAddSingleton<CameraDoor>();
        services.TryAddSingleton<IFrameSourceFactory, SourceFactory>();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<ISourceOpener, FfmpegOpener>(),
            ServiceDescriptor.Singleton<ISourceOpener, FolderOpener>(),
            ServiceDescriptor.Singleton<ISourceOpener, SnapshotOpener>(),
            ServiceDescriptor.Singleton<ISourceOpener, SyntheticOpener>(),
            ServiceDescriptor.Singleton<ISourceOpener, PushOpener>(),
        ]);
        services.TryAddSingleton<PushDoor>();
        services.TryAddSingleton<FrameGates>();
        services.TryAddSingleton<LogMetrics>();
        services.TryAddSingleton<StreamLogs>();
        services.AddSingleton<IStreamObserver>(sp => sp.GetRequiredService<StreamLogs>());
        services.TryAddSingleton<StreamObservers>();
        services.TryAddSingleton<StreamRegistry>();
        services.TryAddSingleton<StreamMetrics>();
        services.AddHostedService<StreamsLifetime>();
        return services;
    }
}

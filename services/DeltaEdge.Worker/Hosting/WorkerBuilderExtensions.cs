using System.Diagnostics.Metrics;
using DeltaEdge.Core.Planning.Demand;
using DeltaEdge.Core.Quality;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Workers;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Native;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Streams;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Tracing;
using DeltaEdge.Worker.Asking;
using DeltaEdge.Worker.Chat;
using DeltaEdge.Worker.Edge;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Images;
using DeltaEdge.Worker.Quality;
using DeltaEdge.Worker.Reporting;
using DeltaEdge.Worker.Serving;
using DeltaEdge.Worker.StreamApi;
using DeltaEdge.Worker.Tracing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Everything a worker is made of.</summary>
public static class WorkerBuilderExtensions
{
    /// <summary>Adds the worker to a host. A Fabric, clock and meter factory that were registered before are used, so that hosts can share them.</summary>
    /// <exception cref="InvalidOperationException">An image codec library is missing; the message names its package.</exception>
    public static WebApplicationBuilder AddWorker(this WebApplicationBuilder builder)
    {
        if (ImageCodecs.Missing() is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<WorkerOptions, WorkerOptionsValidator>().BindConfiguration(WorkerOptions.SectionName);
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsCrossValidator>();
        services.AddDeltaEdgeTelemetry();
        services.AddOtlpTraces();
        services.AddSettings<WorkerOptions>(WorkerOptions.SectionName);
        services.AddSettings<EngineOptions>(EngineOptions.SectionName);
        services.AddOptionsWithValidateOnStart<QualityOptions, QualityOptionsValidator>().BindConfiguration(QualityOptions.SectionName);
        services.AddSettings<QualityOptions>(QualityOptions.SectionName);
        services.AddSettings<StreamsOptions>(StreamsOptions.SectionName);
        if (!services.Any(s => s.ServiceType == typeof(IWorkerRegistry)))
        {
            services.AddFabric(builder.Configuration);
        }

        services.AddOptions<KestrelServerOptions>().Configure<IOptions<WorkerOptions>>((kestrel, worker) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = worker.Value.MaxBodyBytes;
            kestrel.Limits.MinRequestBodyDataRate = null; // The gateway holds clients to a rate; between the two, slowness is load, and no client's fault.
        });
        services.AddSingleton<BodyMemory>();
        services.AddHostedService<SecretRequirement>();
        AddEngine(services);
        AddQuality(services);
        AddAsking(services);
        AddStreamApi(services);
        return builder;
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.AddSingleton(sp => ModelLoader.Load(sp.GetRequiredService<IOptions<WorkerOptions>>().Value.ModelPath is { Length: > 0 } told ? told : null));
        services.AddEngineStarter();
        services.AddSingleton<ServedModels>();
        services.AddSingleton(sp => new ModelInForce(sp.GetRequiredService<ServedModels>().Of(
            sp.GetRequiredService<EngineStarter>().Start(sp.GetRequiredService<EngineModel>()))));
        services.AddModelSwap();
    }

    private static void AddQuality(IServiceCollection services)
    {
        services.AddSingleton(sp => sp.GetRequiredService<IOptions<QualityOptions>>().Value);
        services.AddSingleton<ProbeTurn>();
        services.AddSingleton<ProbeMetrics>();
        services.AddHostedService<ProbeLoop>();
    }

    private static void AddAsking(IServiceCollection services)
    {
        services.AddSingleton(sp => new WorkerIdentity(sp.GetRequiredService<IOptions<WorkerOptions>>().Value));
        services.AddSingleton(sp => new LoadMeter(sp.GetRequiredService<SlaCatalog>(), sp.GetRequiredService<MonotonicClock>()));
        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<AskTraces>();
        services.AddSingleton<MeteredAsker>();
        services.AddOptionsWithValidateOnStart<ImageUrlOptions, ImageUrlOptionsValidator>().BindConfiguration(ImageUrlOptions.SectionName);
        services.AddSettings<ImageUrlOptions>(ImageUrlOptions.SectionName);
        services.AddSingleton<ImageFetcher>();
        services.AddSingleton(sp => new FrameReader(sp.GetRequiredService<ModelInForce>().Current.Engine.ImageSize, new ImageLimits()));
        services.AddSingleton<StreamKeys>();
        services.AddSingleton(sp =>
        {
            var models = sp.GetRequiredService<ModelInForce>();
            return new ChatRequestParser(models.Names, models.Current.Engine.Ladder, sp.GetRequiredService<SlaCatalog>(), sp.GetRequiredService<StreamKeys>(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<IOptions<ImageUrlOptions>>().Value.Allow);
        });
        services.AddSingleton<ChatEndpoint>();
        services.AddHostedService<ReportLoop>();
    }

    private static void AddStreamApi(IServiceCollection services)
    {
        services.AddDelivery(); // Before the streams, so that it stops after them.
        services.AddStreams();

        // The model is asked for last: what is wrong with the settings is told before it is compiled.
        services.AddOptions<StreamsOptions>().PostConfigure<IServiceProvider>((streams, provider) => streams.ImageSize = provider.GetRequiredService<EngineModel>().Compiled.Vision.ImageSize);
        services.AddSingleton<StreamAsker>();
        services.AddSingleton<IFrameSink>(sp => new TracedSink(
            sp.GetRequiredService<StreamAsker>(), sp.GetRequiredService<MonotonicClock>(), sp.GetRequiredService<IOptions<TelemetryOptions>>()));
        services.AddSingleton(sp => new StreamSpecParser(sp.GetRequiredService<SlaCatalog>(), sp.GetRequiredService<ModelInForce>().Current.Engine.Ladder));
        services.AddSingleton<StreamQuality>();
        services.AddStreamAdmission();
        services.AddPlacement();
        services.AddSingleton<StreamView>();
        services.AddSingleton<StreamEditor>();
        services.AddSingleton<StreamViewEndpoint>();
        services.AddSingleton<StreamChangeEndpoint>();
        services.AddSingleton<PushSocket>();
        services.AddSingleton<PushEndpoint>();
    }
}

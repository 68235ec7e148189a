using DeltaEdge.Delivery;
using DeltaEdge.Delivery.Intake;
using DeltaEdge.Delivery.Metrics;
using DeltaEdge.Delivery.Net;
using DeltaEdge.Delivery.Outbox;
using DeltaEdge.Delivery.Pumping;
using DeltaEdge.Delivery.Rules;
using DeltaEdge.Delivery.Sinks;
using DeltaEdge.Streams.Observing;
using DeltaEdge.Telemetry.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers rules and delivery. Call it before the streams are registered, so that it stops after them and loses nothing.</summary>
public static class DeliveryServiceCollectionExtensions
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddOptionsWithValidateOnStart<DeliveryOptions, DeliveryOptionsValidator>().BindConfiguration(DeliveryOptions.SectionName);
        services.AddSettings<DeliveryOptions>(DeliveryOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsCrossValidator>());
        services.AddDeltaEdgeClock();
        services.TryAddTransient<HostLookup>();
        services.TryAddSingleton<TargetConnector>();
        services.TryAddSingleton<WebhookClient>();
        services.TryAddSingleton<SinkFactory>();
        services.TryAddSingleton(sp => new OutboxFolder(FolderOf(sp.GetRequiredService<IOptions<DeliveryOptions>>().Value)));
        services.TryAddSingleton<DeliveryMetrics>();
        services.TryAddSingleton<TargetPumps>();
        services.TryAddSingleton(sp => new DeliveryStates(sp.GetRequiredService<TargetPumps>()));
        services.TryAddSingleton<DeliveryQueue>();
        services.TryAddSingleton<RuleObserver>();
        services.AddSingleton<IStreamObserver>(sp => sp.GetRequiredService<RuleObserver>());
        services.AddHostedService<DeliveryLoop>();
        services.AddHostedService<HeartbeatLoop>();
        services.AddStartedSingleton<PendingMetrics>();
        return services;
    }

    private static string FolderOf(DeliveryOptions options)
    {
        if (options.Directory.Length > 0)
        {
            return Path.GetFullPath(options.Directory);
        }

        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(data.Length > 0 ? data : Path.GetTempPath(), "deltaedge", "outbox");
    }
}

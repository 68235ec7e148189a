using DeltaEdge.Worker.Placement;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what decides which streams run here.</summary>
internal static class PlacementServices
{
    /// <summary>For the server to end asks in flight, and for the rest of the host, once the streams are handed over.</summary>
    private static readonly TimeSpan StopAfterDrain = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddPlacement(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PlacementOptions, PlacementOptionsValidator>().BindConfiguration(PlacementOptions.SectionName);
        services.AddSettings<PlacementOptions>(PlacementOptions.SectionName);
        services.AddOptions<HostOptions>().Configure<IOptions<PlacementOptions>>((host, placement) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(placement.Value.DrainSeconds) + StopAfterDrain);
        services.AddSingleton<DrainState>();
        services.AddSingleton<StreamKeeper>();
        services.AddHostedService<DrainService>();
        services.AddHostedService<PlacementLoop>();
        services.AddHostedService<PeerWatch>();
        return services;
    }
}

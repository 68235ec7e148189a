using System.Diagnostics.Metrics;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Engine;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the engine.</summary>
public static class EngineServiceCollectionExtensions
{
    /// <summary>
    /// <see cref="IVisionEngine"/> over the <see cref="EngineModel"/> that the host registers, options from
    /// <c>DeltaEdge:Engine</c>. Resolving it for the first time opens the model, which takes seconds.
    /// </summary>
    public static IServiceCollection AddVisionEngine(this IServiceCollection services)
    {
        services.AddEngineStarter();
        services.TryAddSingleton(provider => provider.GetRequiredService<EngineStarter>().Start(provider.GetRequiredService<EngineModel>()));
        return services;
    }

    /// <summary>The <see cref="EngineStarter"/> alone, for a host that starts engines itself; options from <c>DeltaEdge:Engine</c>.</summary>
    public static IServiceCollection AddEngineStarter(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EngineOptions, EngineOptionsValidator>().BindConfiguration(EngineOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EngineOptions>, EngineOptionsCrossValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MonotonicClock>();
        services.TryAddSingleton(provider => new EngineStarter(
            provider.GetRequiredService<IOptions<EngineOptions>>().Value,
            provider.GetRequiredService<MonotonicClock>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILogger<EngineStarter>>(),
            provider.GetService<SlaCatalog>()));
        return services;
    }
}

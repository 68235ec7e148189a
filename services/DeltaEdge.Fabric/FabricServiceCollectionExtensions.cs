using DeltaEdge.Core.Time;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Fabric.Leadership;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Redis;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Shared state: <see cref="IWorkerRegistry"/>, <see cref="IPlanBoard"/>, <see cref="IStreamDirectory"/>, <see cref="IStreamCatalog"/>,
/// <see cref="IAnswerLog"/>, <see cref="ILeaderLease"/>, <see cref="ISharedState"/>.
/// </summary>
public static class FabricServiceCollectionExtensions
{
    /// <summary>Shared state as <see cref="FabricOptions.SectionName"/> says.</summary>
    public static IServiceCollection AddFabric(this IServiceCollection services, IConfiguration configuration)
    {
        // What is no mode at all is refused when the host starts.
        var isRedis = nameof(FabricMode.Redis).Equals(configuration.GetSection(FabricOptions.SectionName)[nameof(FabricOptions.Mode)], StringComparison.OrdinalIgnoreCase);
        services.AddFabricOptions();
        return isRedis
            ? services.AddRedis()
            : services
                .AddInProcess(sp => new InProcessFabric(sp.GetRequiredService<MonotonicClock>(), sp.GetRequiredService<IOptions<FabricOptions>>().Value))
                .AddHostedService<AloneNotice>();
    }

    /// <summary>Shared state that several hosts of one process have in common.</summary>
    public static IServiceCollection AddFabric(this IServiceCollection services, InProcessFabric shared) =>
        services.AddFabricOptions().AddInProcess(_ => shared);

    private static IServiceCollection AddFabricOptions(this IServiceCollection services)
    {
        services.AddDeltaEdgeClock();
        services.AddMetrics();
        services.AddOptionsWithValidateOnStart<FabricOptions, FabricOptionsValidator>().BindConfiguration(FabricOptions.SectionName);
        services.AddSingleton<IValidateOptions<FabricOptions>, FabricOptionsCrossValidator>();
        services.AddSettings<FabricOptions>(FabricOptions.SectionName);
        return services.AddStartedSingleton<FabricMetrics>();
    }

    private static IServiceCollection AddInProcess(this IServiceCollection services, Func<IServiceProvider, InProcessFabric> make) => services
        .AddSingleton(make)
        .AddSingleton<IWorkerRegistry>(sp => sp.GetRequiredService<InProcessFabric>())
        .AddSingleton<IPlanBoard>(sp => sp.GetRequiredService<InProcessFabric>())
        .AddSingleton<IStreamDirectory>(sp => sp.GetRequiredService<InProcessFabric>())
        .AddSingleton<ILeaderLease>(sp => sp.GetRequiredService<InProcessFabric>())
        .AddSingleton<ISharedState>(sp => sp.GetRequiredService<InProcessFabric>())
        .AddSingleton(sp => sp.GetRequiredService<InProcessFabric>().Catalog)
        .AddSingleton(sp => sp.GetRequiredService<InProcessFabric>().AnswerLog);

    private static IServiceCollection AddRedis(this IServiceCollection services) => services
        .AddSingleton(sp => new RedisKeys(sp.GetRequiredService<IOptions<FabricOptions>>().Value.KeyPrefix))
        .AddSingleton<RedisLink>()
        .AddSingleton<RedisSnapshot>()
        .AddSingleton<RedisStreamDirectory>()
        .AddSingleton<RedisStreamCatalog>()
        .AddSingleton<RedisLogWatch>()
        .AddSingleton<IWorkerRegistry, RedisWorkerRegistry>()
        .AddSingleton<IPlanBoard, RedisPlanBoard>()
        .AddSingleton<IStreamDirectory>(sp => sp.GetRequiredService<RedisStreamDirectory>())
        .AddSingleton<IStreamCatalog>(sp => sp.GetRequiredService<RedisStreamCatalog>())
        .AddSingleton<IAnswerLog, RedisAnswerLog>()
        .AddSingleton<ILeaderLease, RedisLeaderLease>()
        .AddSingleton<ISharedState>(sp => sp.GetRequiredService<RedisSnapshot>())
        .AddHostedService<RedisRefresher>();
}

using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Keys;
using DeltaEdge.Fabric.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>API keys where shared state is: in Redis, else in a file, else in this process alone.</summary>
public static class KeyServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IKeyBook"/> to what <c>AddFabric</c> has added.</summary>
    public static IServiceCollection AddKeyBook(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(s => s.ServiceType == typeof(RedisLink)))
        {
            return services
                .AddSingleton<RedisKeyBook>()
                .AddSingleton<IKeyBook>(sp => sp.GetRequiredService<RedisKeyBook>())
                .AddHostedService<RedisKeyRefresher>();
        }

        return configuration.GetSection(FabricOptions.SectionName)[nameof(FabricOptions.KeyFile)] is { Length: > 0 } path
            ? services.AddSingleton<IKeyBook>(sp => new FileKeyBook(path, sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<FileKeyBook>>()))
            : services.AddSingleton<IKeyBook, InProcessKeyBook>();
    }
}

using DeltaEdge.Worker.Swapping;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what changes the model while it serves.</summary>
internal static class SwapServices
{
    public static IServiceCollection AddModelSwap(this IServiceCollection services) =>
        services.AddSingleton<SwapMetrics>().AddSingleton<SwapDesk>().AddSingleton<SwapEndpoint>();

    public static void MapModelSwap(this IEndpointRouteBuilder endpoints)
    {
        var swap = endpoints.ServiceProvider.GetRequiredService<SwapEndpoint>();
        endpoints.MapGet(SwapEndpoint.Path, (RequestDelegate)swap.GetAsync);
        endpoints.MapPost(SwapEndpoint.Path, (RequestDelegate)swap.PostAsync);
    }
}

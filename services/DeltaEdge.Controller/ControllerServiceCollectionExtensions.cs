using DeltaEdge.Controller;
using DeltaEdge.Core.Planning;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

public static class ControllerServiceCollectionExtensions
{
    /// <summary>The budget loop. Needs <c>AddDeltaEdgeTelemetry</c> and one of <c>AddFabric</c>.</summary>
    public static IServiceCollection AddController(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ControllerOptions, ControllerOptionsValidator>().BindConfiguration(ControllerOptions.SectionName);
        services.AddSingleton<IValidateOptions<ControllerOptions>, ControllerOptionsCrossValidator>();
        services.AddSettings<ControllerOptions>(ControllerOptions.SectionName);
        services.AddOtlpTraces();
        services.AddSingleton<ControllerMetrics>();
        return services.AddHostedService<BudgetLoop>();
    }
}

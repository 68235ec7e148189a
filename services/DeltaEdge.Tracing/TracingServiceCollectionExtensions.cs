using DeltaEdge.Telemetry.Tracing;
using DeltaEdge.Tracing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

public static class TracingServiceCollectionExtensions
{
    /// <summary>Sends traces to where <see cref="TracingOptions.Endpoint"/> says, if it says anything.</summary>
    public static IServiceCollection AddOtlpTraces(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TracingOptions, TracingOptionsValidator>().BindConfiguration(TracingOptions.SectionName);
        services.AddSettings<TracingOptions>(TracingOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, AskRequests>());
        return services.AddHostedService<OtlpExport>();
    }
}

using DeltaEdge.Worker.StreamApi;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the admission of streams.</summary>
internal static class AdmissionServices
{
    public static IServiceCollection AddStreamAdmission(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<StreamAdmissionOptions, StreamAdmissionOptionsValidator>().BindConfiguration(StreamAdmissionOptions.SectionName);
        services.AddSettings<StreamAdmissionOptions>(StreamAdmissionOptions.SectionName);
        return services.AddSingleton<AdmissionDesk>();
    }
}

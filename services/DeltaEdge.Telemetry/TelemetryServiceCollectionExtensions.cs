using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Health;
using DeltaEdge.Telemetry.Prometheus;
using DeltaEdge.Telemetry.Sla;
using DeltaEdge.Telemetry.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What every host starts with: clock, SLA classes, metrics, health, the log of effective options.</summary>
public static class TelemetryServiceCollectionExtensions
{
    public static IServiceCollection AddDeltaEdgeTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddDeltaEdgeClock();
        services.AddSlaCatalog();
        services.AddOptionsWithValidateOnStart<TelemetryOptions, TelemetryOptionsValidator>().BindConfiguration(TelemetryOptions.SectionName);
        services.AddSettings<TelemetryOptions>(TelemetryOptions.SectionName);
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<TelemetryOptions>, SectionsCheck>());
        services.AddStartedSingleton<PrometheusRegistry>(); // First of all: what is measured before it listens is lost.
        services.TryAddSingleton<ReadinessGate>();
        services.AddHostedService<StartupLog>();
        services.AddHostedService<DrainOnStop>();
        return services.AddDatedLogs().AddQuietLogs(("Microsoft.AspNetCore", LogLevel.Warning), ("System.Net.Http.HttpClient", LogLevel.Warning));
    }

    /// <summary><see cref="TimeProvider"/> and <see cref="MonotonicClock"/>, unless the host brings its own.</summary>
    public static IServiceCollection AddDeltaEdgeClock(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(sp => new MonotonicClock(sp.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary><see cref="SlaCatalog"/> from <see cref="SlaOptions.SectionName"/>. Calling it again changes nothing.</summary>
    public static IServiceCollection AddSlaCatalog(this IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(SlaCatalog)))
        {
            return services;
        }

        services.AddOptionsWithValidateOnStart<SlaOptions, SlaOptionsValidator>().BindConfiguration(SlaOptions.SectionName);
        services.AddSettings<SlaOptions>(SlaOptions.SectionName);
        return services.AddSingleton(sp => sp.GetRequiredService<IOptions<SlaOptions>>().Value.ToCatalog());
    }

    /// <summary>A singleton that is made when the host starts although nobody asks for it, such as a set of observable instruments.</summary>
    public static IServiceCollection AddStartedSingleton<T>(this IServiceCollection services)
        where T : class
    {
        services.TryAddSingleton<T>();
        return services.AddHostedService<StartedWithHost<T>>();
    }

    /// <summary>
    /// Checks what is told in this section before it is bound, and logs the options at start; a property with <see cref="RedactedAttribute"/>
    /// shows only that it is set.
    /// </summary>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, string sectionName)
        where TOptions : class
    {
        var section = new OptionsSection(sectionName, typeof(TOptions));
        services.AddSingleton(section);

        // The first to configure them, whoever registered before: what cannot be read is to be told before the binder meets it.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<TOptions>>(sp => new SettingsCheck<TOptions>(
            section, sp.GetRequiredService<IConfiguration>(), sp.GetServices<OptionsSection>())));
        return services.AddSingleton<IEffectiveOptions>(sp => new EffectiveOptions<TOptions>(sectionName, sp.GetRequiredService<IOptions<TOptions>>()));
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Telemetry.Startup;

/// <summary>Refuses to start with settings of sections that do not exist. Comes with the telemetry's options, which every host has.</summary>
internal sealed class SectionsCheck(IConfiguration configuration) : IConfigureOptions<TelemetryOptions>
{
    /// <exception cref="OptionsValidationException">One of them is none.</exception>
    public void Configure(TelemetryOptions options)
    {
        string[] faults = [.. SettingsFaults.OfRoot(configuration)];
        if (faults.Length > 0)
        {
            throw new OptionsValidationException(SettingsSections.Root, typeof(TelemetryOptions), faults);
        }
    }
}

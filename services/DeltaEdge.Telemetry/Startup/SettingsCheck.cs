using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Telemetry.Startup;

/// <summary>Refuses to start with settings that do not exist or cannot be read: <see cref="SettingsFaults"/>. Runs before its options are bound.</summary>
internal sealed class SettingsCheck<TOptions>(OptionsSection own, IConfiguration configuration, IEnumerable<OptionsSection> sections) : IConfigureOptions<TOptions>
    where TOptions : class
{
    /// <exception cref="OptionsValidationException">One of them is none.</exception>
    public void Configure(TOptions options)
    {
        var others = sections.Where(s => s.Name == own.Name && s.Type != own.Type).Select(s => s.Type).ToArray();
        string[] faults = [.. SettingsFaults.Of(configuration.GetSection(own.Name), own.Type, others)];
        if (faults.Length > 0)
        {
            throw new OptionsValidationException(own.Name, own.Type, faults);
        }
    }
}

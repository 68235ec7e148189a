using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>What a host may be asked before it starts.</summary>
public static class TelemetryHostExtensions
{
    /// <summary>Checks all settings now, as the start would: to be asked before anything that takes long, such as the first compilation of a model.</summary>
    /// <exception cref="OptionsValidationException">One of them is wrong.</exception>
    /// <exception cref="AggregateException">Several are.</exception>
    public static void CheckSettings(this IHost host) => host.Services.GetRequiredService<IStartupValidator>().Validate();
}

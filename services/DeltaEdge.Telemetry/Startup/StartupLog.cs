using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Telemetry.Startup;

/// <summary>Logs the effective options once, so that what a process runs with is never a guess.</summary>
internal sealed partial class StartupLog(IEnumerable<IEffectiveOptions> options, ILogger<StartupLog> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            foreach (var (key, value) in options.SelectMany(o => o.Read()).OrderBy(o => o.Key, StringComparer.Ordinal))
            {
                LogOption(key, value);
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Information, "{Key} = {Value}", EventName = "EffectiveOption")]
    private partial void LogOption(string key, string value);
}

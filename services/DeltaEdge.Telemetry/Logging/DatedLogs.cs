using Microsoft.Extensions.Logging.Console;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What a log without times is worth shows when two processes' logs are held side by side.</summary>
public static class DatedLogs
{
    /// <summary>UTC, ISO 8601 with milliseconds.</summary>
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    /// <summary>
    /// One dated line per entry on the console, where configuration names no formatter and no format of its own (<c>Logging:Console</c>).
    /// Lines that nobody takes off the console are dropped: whoever logs, the engine's thread too, would wait for its reader.
    /// </summary>
    public static IServiceCollection AddDatedLogs(this IServiceCollection services) => services
        .PostConfigure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName ??= ConsoleFormatterNames.Simple; // Left open, the formatter's options are not read.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        })
        .PostConfigure<SimpleConsoleFormatterOptions>(console =>
        {
            if (console.TimestampFormat is null)
            {
                (console.TimestampFormat, console.UseUtcTimestamp, console.SingleLine) = (Format, true, true);
            }
        });
}

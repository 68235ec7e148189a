using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class DatedLogsTests
{
    [Fact]
    public void EveryHost_DatesItsLines()
    {
        using var host = new TelemetryContainer();

        var console = host.Services.GetRequiredService<IOptions<SimpleConsoleFormatterOptions>>().Value;

        Assert.True(console.SingleLine);
        Assert.True(console.UseUtcTimestamp);
        Assert.Equal("2026-03-01T05:06:07.080Z ", new DateTimeOffset(2026, 3, 1, 5, 6, 7, 80, TimeSpan.Zero).ToString(console.TimestampFormat, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void ReaderThatStopsReading_HoldsUpNobodyWhoLogs()
    {
        using var host = new TelemetryContainer();

        Assert.Equal(ConsoleLoggerQueueFullMode.DropWrite, host.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.QueueFullMode);
    }

    [Fact]
    public void ConfiguredFormat_Wins()
    {
        var services = new ServiceCollection().Configure<SimpleConsoleFormatterOptions>(o => o.TimestampFormat = "HH:mm ").AddDatedLogs();
        using var host = services.BuildServiceProvider();

        var console = host.GetRequiredService<IOptions<SimpleConsoleFormatterOptions>>().Value;

        Assert.Equal(("HH:mm ", false), (console.TimestampFormat, console.SingleLine));
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class QuietLogsTests
{
    private const string PerRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Fact]
    public void EveryHost_LogsNoLineOfTheFrameworksPerRequest()
    {
        using var host = new TelemetryContainer();

        Assert.Equal(LogLevel.Warning, LevelOf(host.Services, PerRequest));
        Assert.Equal(LogLevel.Information, LevelOf(host.Services, "Microsoft.Hosting.Lifetime"));
        Assert.Equal(LogLevel.Information, LevelOf(host.Services, "DeltaEdge.Worker"));
    }

    [Fact]
    public void ConfiguredLevel_Wins()
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Trace)).AddQuietLogs(("Microsoft.AspNetCore", LogLevel.Warning));
        using var host = services.BuildServiceProvider();

        Assert.Equal(LogLevel.Trace, LevelOf(host, PerRequest));
    }

    /// <summary>The least level that a category logs at.</summary>
    private static LogLevel LevelOf(IServiceProvider services, string category)
    {
        using var factory = new LoggerFactory([new OpenProvider()], services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>());
        var logger = factory.CreateLogger(category);
        return Enum.GetValues<LogLevel>().First(logger.IsEnabled);
    }

    private sealed class OpenProvider : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}

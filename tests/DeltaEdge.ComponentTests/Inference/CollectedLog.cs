using DeltaEdge.Inference.Engine;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>What an engine's start logged, line by line.</summary>
internal sealed class CollectedLog : ILogger<EngineStarter>
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));
}

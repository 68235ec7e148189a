using System.Collections.Immutable;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Answers;

namespace DeltaEdge.Gateway.Readers;

/// <summary>Which entries of a stream's log a reader gets: answers, or events of some types.</summary>
internal sealed class LogFilter
{
    public const string Answer = "answer";

    private readonly ImmutableArray<string> _types;

    private LogFilter(ImmutableArray<string> types) => _types = types;

    public static LogFilter Answers { get; } = new([Answer]);

    public static LogFilter Events { get; } = new([StreamEvents.State, StreamEvents.Rule, StreamEvents.Heartbeat]);

    public static string TypeOf(LogEntry entry) => entry.Event?.Type ?? Answer;

    public bool Wants(LogEntry entry) => _types.Contains(TypeOf(entry));

    /// <summary>Of what this gives, only the types in a list such as <c>state,rule</c>; all of it for nothing.</summary>
    public ApiError? Narrow(string list, out LogFilter narrowed)
    {
        narrowed = this;
        if (list.Length == 0)
        {
            return null;
        }

        ImmutableArray<string> wanted = [.. list.Split(',', StringSplitOptions.TrimEntries)];
        narrowed = new(wanted);
        return wanted.All(_types.Contains) ? null : ApiError.Invalid("types", $"'types' names what is not here. Allowed: {string.Join(", ", _types)}, separated by commas.");
    }
}

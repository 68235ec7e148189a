using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeltaEdge.Evaluation.Runs;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(EndNames)])]
[JsonSerializable(typeof(ImmutableArray<RunSummary>))]
[JsonSerializable(typeof(ImmutableArray<Comparison>))]
[JsonSerializable(typeof(RunColumns))]
internal sealed partial class RunJsonContext : JsonSerializerContext
{
    /// <summary>Writes <c>on_time</c> for <see cref="AskEndKind.OnTime"/>.</summary>
    internal sealed class EndNames() : JsonStringEnumConverter<AskEndKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
}

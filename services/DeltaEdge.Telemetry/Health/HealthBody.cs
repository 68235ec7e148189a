using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DeltaEdge.Telemetry.Health;

/// <summary>What the health endpoints answer.</summary>
/// <param name="Status">live, ready or not_ready.</param>
/// <param name="NotReady">Conditions that hold readiness up; left out when there are none.</param>
internal sealed record HealthBody(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<NotReady>? NotReady = null)
{
    public static HealthBody Of(ImmutableArray<NotReady> missing) => missing.IsEmpty ? new("ready") : new("not_ready", missing);
}

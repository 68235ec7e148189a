using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Events;

/// <param name="From">State before, by its wire name.</param>
/// <param name="To">State now.</param>
/// <param name="Reason">Why; null where there is nothing to say.</param>
public sealed record StateChange(string From, string To, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason);

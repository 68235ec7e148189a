using System.Text.Json.Serialization;

namespace DeltaEdge.Core.Rules;

/// <summary>What an answer has to be for a rule; exactly one is set. Written as in the API.</summary>
public sealed record RuleCondition
{
    /// <summary>The answer says this, but for case (unless it counts), white space and the mark at its end.</summary>
    [JsonPropertyName("equals"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? EqualTo { get; init; }

    /// <summary>The answer holds a match of this regular expression, which is matched in time linear in the answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Matches { get; init; }

    /// <summary>The answer's number is above this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Above { get; init; }

    /// <summary>The answer's number is below this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Below { get; init; }

    /// <summary>The answer becomes this, after it was something else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangesTo { get; init; }

    /// <summary>The answer is another than the one before; true or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Changes { get; init; }
}

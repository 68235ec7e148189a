using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Evaluation.Simulation.Profiles;

/// <summary>
/// Latency profiles as engines store them beside their compiled models (<c>latency-*.json</c>): ladder, frame_seconds, prefix_seconds
/// by rung, question_seconds, decode_step_seconds at batch 1, 2, 4 and so on.
/// </summary>
public static class StoredLatency
{
    /// <exception cref="FormatException">Something is missing or off; the message names it.</exception>
    public static LatencyProfile Parse(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"It is no JSON: {e.Message}", e);
        }

        using (document)
        {
            var root = document.RootElement;
            var ladder = Ladder(Numbers(root, "ladder"));
            var frame = Numbers(root, "frame_seconds")[0];
            var prefixes = Numbers(root, "prefix_seconds");
            return new LatencyProfile
            {
                Ladder = ladder,
                FrameSeconds = frame,
                PrefixSeconds = prefixes.Length == ladder.Count ? prefixes : throw Wrong("prefix_seconds", $"has {prefixes.Length} numbers; wanted is one for each of {ladder}"),
                QuestionSeconds = Numbers(root, "question_seconds")[0],
                DecodeStepSeconds = Numbers(root, "decode_step_seconds"),
            };
        }
    }

    private static TokenLadder Ladder(ImmutableArray<double> budgets)
    {
        try
        {
            return new TokenLadder([.. budgets.Select(b => (int)b)]);
        }
        catch (ArgumentException e)
        {
            throw Wrong("ladder", e.Message);
        }
    }

    /// <summary>The number there, or all of the list there; at least one, none negative.</summary>
    private static ImmutableArray<double> Numbers(JsonElement root, string key)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(key, out var found))
        {
            throw Wrong(key, "is missing");
        }

        JsonElement[] elements = found.ValueKind == JsonValueKind.Array ? [.. found.EnumerateArray()] : [found];
        return elements.Length > 0 && elements.All(e => e.ValueKind == JsonValueKind.Number && e.GetDouble() is >= 0 and < double.PositiveInfinity)
            ? [.. elements.Select(e => e.GetDouble())]
            : throw Wrong(key, $"is {found.GetRawText()}; wanted are numbers that are not negative");
    }

    private static FormatException Wrong(string key, string what) => new($"{key} {what}.");
}

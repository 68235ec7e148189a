using System.Text.Json.Nodes;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>Stream specs as a client posts them.</summary>
internal static class Cameras
{
    private static readonly (string Clip, string Question)[] Clips =
    [
        ("carpark.mp4", "How many cars are there?"),
        ("junction.mp4", "Is anyone on the crossing?"),
        ("shelf.mp4", "How many boxes are there?"),
        ("panel.mp4", "How many lamps are on?"),
    ];

    /// <summary>A clip of the model that loops in real time, with one question.</summary>
    public static JsonObject Clip(string id, int number, double fps, string slaClass = "flex", int minTokens = 1) =>
        Spec(id, Repository.Clip(Clips[number % Clips.Length].Clip), Clips[number % Clips.Length].Question, fps, slaClass, minTokens);

    public static JsonObject Spec(string id, string source, string question, double fps, string slaClass = "flex", int minTokens = 1) => new()
    {
        ["id"] = id,
        ["source"] = source,
        ["questions"] = new JsonArray(question),
        ["fps"] = fps,
        ["sla_class"] = slaClass,
        ["min_tokens"] = minTokens,
    };
}

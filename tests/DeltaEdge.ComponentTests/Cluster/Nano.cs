using System.Text;
using System.Text.Json.Nodes;

namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>The model that ships: its files in the source tree, and a question for it.</summary>
internal static class Nano
{
    public static string Clips => Path.Combine(Folder, "clips");

    public static string Folder { get; } = DeltaEdge.Worker.Hosting.ModelLocation.Find(null);

    public static string Sample(string name) => Path.Combine(Folder, "samples", name);

    /// <summary>Asks about a picture, with a minute's patience.</summary>
    /// <param name="http">A gateway or a worker.</param>
    /// <param name="budget">Visual tokens.</param>
    public static Task<HttpResponseMessage> AskAsync(HttpClient http, int budget = 16) => http.PostAsync("/v1/chat/completions", new StringContent(new JsonObject
    {
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = "Is there a red car?" },
                new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = "data:image/jpeg;base64," + Convert.ToBase64String(File.ReadAllBytes(Sample("carpark.jpg"))) } }),
        }),
        ["deltaedge"] = new JsonObject { ["sla_class"] = "flex", ["budget"] = budget, ["deadline_ms"] = 60_000 },
    }.ToJsonString(), Encoding.UTF8, "application/json"));
}

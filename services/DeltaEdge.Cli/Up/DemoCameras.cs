using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DeltaEdge.Cli.Keys;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Up;

/// <summary>The four cameras of the demonstration: sample clips that loop in real time, what is asked of them, and their SLA class.</summary>
internal static class DemoCameras
{
    public static readonly DemoCamera[] All =
    [
        new("carpark", "carpark.mp4", "priority", ["How many cars are there?", "Is there a red car?", "Where is the red car?"]),
        new("junction", "junction.mp4", "priority", ["What colour is the traffic light?", "Is anyone on the crossing?"]),
        new("shelf", "shelf.mp4", "default", ["How many boxes are there?", "Which row is the yellow box on?"]),
        new("panel", "panel.mp4", "default", ["What does the display show?", "How many lamps are on?"]),
    ];

    /// <summary>Registers all of them; says so on standard error if one is refused.</summary>
    public static async Task AddAsync(Uri gateway, string? key, string package, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = gateway }.WithKey(key);
        foreach (var camera in All)
        {
            using var response = await http.PostAsJsonAsync("/v1/streams", new JsonObject
            {
                ["id"] = camera.Id,
                ["source"] = Path.Combine(ModelLocation.Clips(package), camera.Clip),
                ["questions"] = new JsonArray([.. camera.Questions.Select(q => JsonValue.Create(q))]),
                ["fps"] = 1,
                ["sla_class"] = camera.SlaClass,
            }, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                Console.Error.WriteLine($"Demo camera {camera.Id} was refused: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }
    }
}

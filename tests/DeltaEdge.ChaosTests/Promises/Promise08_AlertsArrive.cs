using System.Text.Json.Nodes;
using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>
/// A target that is down for a while gets every event that happened meanwhile, at least once; heartbeats prove that the way is open.
/// <c>make chaos SINK_DOWN=600</c> is the promise's ten minutes.
/// </summary>
public sealed class Promise08_AlertsArrive(Findings findings)
{
    [Fact(Explicit = true)]
    public async Task TargetDownForAWhile_GetsEverythingAtLeastOnce()
    {
        await using var target = new WebhookTarget();
        await target.SwitchOnAsync();
        await using var cluster = await ChaosCluster.StartAsync(o => o with
        {
            Settings = new Dictionary<string, string>
            {
                ["DeltaEdge:Delivery:AllowPrivateTargets"] = "true",
                ["DeltaEdge:Delivery:HeartbeatSeconds"] = "2",
                ["DeltaEdge:Delivery:RetryMinSeconds"] = "0.2",
                ["DeltaEdge:Delivery:RetryMaxSeconds"] = "5",
            },
        });
        var camera = Cameras.Spec("watched", Repository.Clip("junction.mp4"), "What colour is the traffic light?", fps: 2);
        camera["rules"] = new JsonArray(new JsonObject { ["id"] = "light", ["question"] = "q1", ["when"] = new JsonObject { ["changes"] = true }, ["evidence"] = false });
        camera["deliver"] = new JsonArray(new JsonObject { ["type"] = "webhook", ["url"] = target.Url, ["what"] = new JsonArray("events") });
        await cluster.AddStreamAsync(camera);
        await using var reader = AnswerReader.Start(cluster.Gateways, "watched", "events");
        await Wait.UntilAsync(
            () => target.Received.Any(r => r.Type == "heartbeat") && target.Received.Any(r => r.Type == "rule"),
            () => $"a heartbeat and a rule's event to be delivered; there are {string.Join(", ", target.Received)}; in the log {string.Join(", ", reader.Entries.Select(e => e.Event))}");

        var down = TimeSpan.FromSeconds(Knobs.SinkDownSeconds);
        await target.SwitchOffAsync();
        var (before, from) = (target.Received.Length, reader.Elapsed);
        await Wait.ForAsync(down);
        await reader.NextAsync(from, e => e.Event == "rule", TimeSpan.FromMinutes(3));
        var meanwhile = Keys(reader).Length;
        await target.SwitchOnAsync();
        var drained = await Wait.UntilAsync(() => !Missing(reader, target, meanwhile).Any(), () => $"these to be delivered: {string.Join(", ", Missing(reader, target, meanwhile).Take(5))}");

        var received = target.Received;
        findings.Add(8, $"events while a webhook was down for {down.TotalSeconds:0} s", $"{received.Length - before} delivered after, {received.Length - received.Distinct().Count()} twice, 0 lost", "0 lost");
        findings.Add(8, "target back to last waiting event delivered", $"{drained.TotalSeconds:F1} s");
        Assert.Contains(received, r => r.Type == "heartbeat");
    }

    private static string[] Keys(AnswerReader reader) => [.. reader.Entries.Where(e => e.Event is "rule" or "heartbeat" or "state").Select(e => e.Data.GetProperty("dedupe_key").GetString()!)];

    /// <summary>Of the first events that the log showed, those that were not delivered.</summary>
    private static IEnumerable<string> Missing(AnswerReader reader, WebhookTarget target, int first) =>
        Keys(reader).Take(first).Except(target.Received.Select(r => r.DedupeKey));
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DeltaEdge.Cli.Up;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.ComponentTests.Tracing;

/// <summary>The whole system sends its spans to a real collector.</summary>
public sealed class TraceTests
{
    private const string Question = "How many cars are there?";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);
    private static readonly string[] Stages = ["queue", "encode", "project", "prefill", "decode"];

    [Fact]
    public async Task FramesAndRequests_AreTracedFromCaptureToAnswer()
    {
        await using var receiver = await TraceReceiver.StartAsync();
        var package = ModelLocation.Find(null);
        await using var system = await EmbeddedSystem.StartAsync(new EmbeddedOptions(package, "127.0.0.1", 0, new Dictionary<string, string?>
        {
            ["DeltaEdge:Worker:ModelPath"] = package,
            ["DeltaEdge:Streams:AllowedDirectories:0"] = ModelLocation.Clips(package),
            ["DeltaEdge:Telemetry:Otlp:Endpoint"] = receiver.Address,
        }), CancellationToken.None);
        using var http = new HttpClient { BaseAddress = system.Gateway };
        using var added = await http.PostAsJsonAsync("/v1/streams", new JsonObject
        {
            ["id"] = "traced",
            ["source"] = Path.Combine(ModelLocation.Clips(package), "carpark.mp4"),
            ["questions"] = new JsonArray(Question),
            ["fps"] = 2,
            ["sla_class"] = "flex",
            ["gate"] = new JsonObject { ["max_age_ms"] = 1 },
        });
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync());
        using var asked = await http.PostAsJsonAsync("/v1/chat/completions", Chat(Path.Combine(package, "samples", "carpark.jpg")));
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());

        ReceivedSpan? frame = null;
        ReceivedSpan? request = null;
        await Wait.UntilAsync(
            () =>
            {
                var asks = receiver.Spans.Where(s => s.Name == "ask").ToList();
                frame = asks.Select(a => Parent(receiver, a)).FirstOrDefault(p => p is { Name: "frame" } && p.Attributes.GetValueOrDefault("deltaedge.stream.id") == "traced");
                request = asks.FirstOrDefault(a => Parent(receiver, a) is { Name: not "frame" } worker && Parent(receiver, worker) is { } forwarded && Parent(receiver, forwarded) is not null);
                return frame is not null && request is not null;
            },
            () => $"a frame's and a request's spans. There were:\n{string.Join('\n', receiver.Spans)}");

        HoldsTogether(receiver, frame!);
        var worker = Parent(receiver, request!)!;
        var gateway = Parent(receiver, Parent(receiver, worker)!)!;
        Assert.Null(Parent(receiver, gateway));
        Assert.All((ReceivedSpan[])[worker, gateway], s => Assert.EndsWith("/v1/chat/completions", s.Name, StringComparison.Ordinal));
        AddsUp(receiver, request!);
        Assert.All(receiver.Spans, s => Assert.DoesNotContain(s.Attributes.Values, v => v.Contains(Question, StringComparison.Ordinal) || v.Contains("base64", StringComparison.Ordinal)));
    }

    private static ReceivedSpan? Parent(TraceReceiver receiver, ReceivedSpan span) => receiver.Spans.FirstOrDefault(s => s.Id == span.ParentId && s.TraceId == span.TraceId);

    private static List<ReceivedSpan> Children(TraceReceiver receiver, ReceivedSpan span) => [.. receiver.Spans.Where(s => s.ParentId == span.Id && s.TraceId == span.TraceId)];

    /// <summary>Capture, hand-over, gate, ask and sink follow each other inside the frame.</summary>
    private static void HoldsTogether(TraceReceiver receiver, ReceivedSpan frame)
    {
        Assert.Equal("", frame.ParentId);
        var children = Children(receiver, frame);
        Assert.Equal(["ask", "gate", "ingest", "sink"], children.Select(c => c.Name).Order(StringComparer.Ordinal));
        var by = children.ToDictionary(c => c.Name);
        Assert.Equal(frame.Start, by["ingest"].Start);
        Assert.True(by["gate"].Start >= by["ingest"].End - Tolerance && by["ask"].Start >= by["gate"].End - Tolerance && by["sink"].Start >= by["ask"].End - Tolerance);
        Assert.True(frame.End >= by["sink"].End - Tolerance);
        Assert.Equal("flex", by["ask"].Attributes["deltaedge.sla_class"]);
        Assert.Contains(by["ask"].Attributes["deltaedge.outcome"], (string[])["on_time", "late"]);
        Assert.True(int.Parse(by["ask"].Attributes["deltaedge.image_tokens"], System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal("chat", by["ask"].Attributes["gen_ai.operation.name"]);
        AddsUp(receiver, by["ask"]);
    }

    /// <summary>An ask's stages fill it without gap or overlap.</summary>
    private static void AddsUp(TraceReceiver receiver, ReceivedSpan ask)
    {
        var stages = Children(receiver, ask).OrderBy(s => s.Start).ToList();
        Assert.NotEmpty(stages);
        Assert.All(stages, s => Assert.Contains(s.Name, Stages));
        Assert.Equal(stages.Select(s => s.Name).OrderBy(n => Array.IndexOf(Stages, n)), stages.Select(s => s.Name));
        var sum = stages.Aggregate(TimeSpan.Zero, (total, s) => total + (s.End - s.Start));
        Assert.True((sum - (ask.End - ask.Start)).Duration() <= Tolerance, $"Stages take {sum}, the ask {ask.End - ask.Start}.");
    }

    private static JsonObject Chat(string image) => new()
    {
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = "data:image/jpeg;base64," + Convert.ToBase64String(File.ReadAllBytes(image)) } },
                new JsonObject { ["type"] = "text", ["text"] = Question }),
        }),
        ["deltaedge"] = new JsonObject { ["sla_class"] = "flex" },
    };
}

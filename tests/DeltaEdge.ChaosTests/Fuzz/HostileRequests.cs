using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Fuzz;

/// <summary>Makes hostile requests from good ones: chat and stream bodies, images inside them, resume headers, queries and paths.</summary>
internal sealed class HostileRequests
{
    private readonly Mutator _mutator;
    private readonly byte[][] _images;
    private readonly string _chat;
    private readonly string _stream;
    private readonly string _change;

    public HostileRequests(int seed)
    {
        _mutator = new Mutator(seed);
        var folder = Repository.PathOf("tests", "fixtures", "imaging");
        _images = [.. Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is ".png" or ".jpg" or ".webp").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        var chat = Chat(_images[0]);
        chat["deltaedge"]!["captured_at"] = "2026-01-01T00:00:00Z"; // Not for images: what comes too late is not decoded.
        _chat = chat.ToJsonString();
        _stream = new JsonObject
        {
            ["id"] = "fuzz",
            ["source"] = "rtsp://user:secret@127.0.0.1:9/live",
            ["questions"] = new JsonArray("How many cars are there?", new JsonObject { ["id"] = "q", ["text"] = "Is anyone there?", ["kind"] = "yes_no" }),
            ["fps"] = 2,
            ["sla_class"] = "flex",
            ["deadline_ms"] = 900,
            ["min_tokens"] = 4,
            ["max_tokens"] = 144,
            ["loop"] = true,
            ["gate"] = new JsonObject { ["max_age_ms"] = 2000 },
            ["rules"] = Rules(),
            ["deliver"] = Targets(),
        }.ToJsonString();
        _change = new JsonObject { ["fps"] = 2, ["questions"] = new JsonArray("How many?", new JsonObject { ["id"] = "q", ["text"] = "Is anyone there?" }), ["rules"] = Rules(), ["deliver"] = Targets() }.ToJsonString();
    }

    public HostileRequest Next() => _mutator.Below(20) switch
    {
        < 7 => new HostileRequest("chat JSON", HttpMethod.Post, "/v1/chat/completions", _mutator.Mutate(_chat)),
        < 11 => new HostileRequest("image in chat", HttpMethod.Post, "/v1/chat/completions", Encoding.UTF8.GetBytes(Chat(_mutator.Mutate(_mutator.Pick(_images), _images)).ToJsonString())),
        < 15 => new HostileRequest("stream JSON", HttpMethod.Post, _mutator.Below(2) == 0 ? "/v1/streams" : "/v1/streams?dry_run=true", _mutator.Mutate(_stream)),
        < 16 => new HostileRequest("stream change", HttpMethod.Patch, "/v1/streams/kept", _mutator.Mutate(_change)),
        < 18 => new HostileRequest("resume header", HttpMethod.Get, "/v1/streams/kept/answers", null, ("Accept", "text/event-stream"), ("Last-Event-ID", Printable(_mutator.Mutate("1234567890")))),
        < 19 => new HostileRequest("query", HttpMethod.Get, "/v1/streams/kept/answers?" + Escaped(_mutator.Below(2) == 0 ? "after=12&limit=100" : "last=12&types=rule")),
        _ => new HostileRequest("path", HttpMethod.Get, "/v1/" + Escaped("streams/kept/answers")),
    };

    private static JsonArray Rules() => new(new JsonObject { ["id"] = "r", ["question"] = "q", ["when"] = new JsonObject { ["matches"] = "yes|no{1,3}" }, ["debounce_ms"] = 500 });

    private static JsonArray Targets() => new(new JsonObject { ["type"] = "webhook", ["url"] = "http://127.0.0.1:9/hook", ["secret"] = "sixteen-letters!", ["what"] = new JsonArray("events") });

    private static JsonObject Chat(byte[] image) => new()
    {
        ["model"] = "delta-nano",
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "text", ["text"] = "How many cars are there?" },
                new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = "data:image/jpeg;base64," + Convert.ToBase64String(image) } }),
        }),
        ["max_tokens"] = 4,
        ["stream"] = false,
        ["deltaedge"] = new JsonObject { ["sla_class"] = "flex", ["budget"] = 1, ["deadline_ms"] = 5000, ["stream_id"] = "s" },
    };

    private string Escaped(string original)
    {
        var text = new StringBuilder();
        foreach (var b in _mutator.Mutate(original).Take(1500))
        {
            _ = char.IsAsciiLetterOrDigit((char)b) || b is (byte)'=' or (byte)'&' or (byte)'/' or (byte)'-' or (byte)'.'
                ? text.Append((char)b)
                : text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return text.ToString();
    }

    /// <summary>As bytes of Latin 1 that a header may hold.</summary>
    private static string Printable(byte[] bytes) => new([.. bytes.Take(2000).Select(b => b is >= 0x20 and < 0x7F ? (char)b : '?')]);
}

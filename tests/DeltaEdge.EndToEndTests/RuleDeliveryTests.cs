using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.EndToEndTests.Fixtures;
using DeltaEdge.Imaging.Decoding;

namespace DeltaEdge.EndToEndTests;

/// <summary>From a camera's frame to somebody else's server.</summary>
public sealed class RuleDeliveryTests(EmbeddedSystemFixture system)
{
    private const string Secret = "end-to-end-secret-123";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task RuleThatFires_IsPostedWithItsFrameAndItsTargetStaysHidden()
    {
        using var listener = Listen(out var port);
        using var created = await system.Http.PostAsJsonAsync("/v1/streams", Spec("e2e-rule", $"http://127.0.0.1:{port}/hidden/path"));
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        try
        {
            var shown = await system.Http.GetStringAsync("/v1/streams/e2e-rule");
            Assert.Contains($"http://127.0.0.1:{port}/***", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("hidden", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);

            using var patience = new CancellationTokenSource(Patience);
            var (signature, body) = await ReceiveAsync(listener, "rule", patience.Token);

            var rule = JsonDocument.Parse(body).RootElement.GetProperty("event").GetProperty("rule");
            Assert.Equal("any", rule.GetProperty("rule_id").GetString());
            Assert.True(ImageDecoder.Decode(rule.GetProperty("evidence_jpeg").GetBytesFromBase64(), new ImageLimits()).TryGet(out var image, out _));
            Assert.Equal((336, 336), (image!.Width, image.Height));
            await HasEventAsync("e2e-rule", JsonDocument.Parse(body).RootElement.GetProperty("event").GetProperty("dedupe_key").GetString()!);
            var parts = signature.Split(',').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
            var signed = Encoding.UTF8.GetBytes(parts["t"] + ".").Concat(body).ToArray();
            Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), parts["v1"]);
        }
        finally
        {
            using var removed = await system.Http.DeleteAsync("/v1/streams/e2e-rule");
        }
    }

    [Fact]
    public async Task BadRule_IsRefusedByItsPlace()
    {
        var spec = Spec("e2e-bad-rule", "http://127.0.0.1:9/");
        spec["rules"]![0]!["when"] = new JsonObject { ["louder"] = 3 };

        using var refused = await system.Http.PostAsJsonAsync("/v1/streams", spec);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("rules[0].when.louder", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("param").GetString());
    }

    /// <summary>The stream's log has what was posted.</summary>
    private Task HasEventAsync(string stream, string key) => Wait.UntilAsync(async () =>
    {
        var page = await system.Http.GetFromJsonAsync<JsonElement>($"/v1/streams/{stream}/events?types=rule");
        return page.GetProperty("data").EnumerateArray().Any(e => e.GetProperty("dedupe_key").GetString() == key);
    }, () => $"the event {key} in the log of {stream}");

    private static JsonObject Spec(string id, string hook) => new()
    {
        ["id"] = id,
        ["source"] = Repository.Clip("carpark.mp4"),
        ["questions"] = new JsonArray("How many cars are there?"),
        ["fps"] = 2,
        ["sla_class"] = "flex",
        ["rules"] = new JsonArray(new JsonObject { ["id"] = "any", ["question"] = "q1", ["when"] = new JsonObject { ["above"] = 0 } }),
        ["deliver"] = new JsonArray(new JsonObject { ["type"] = "webhook", ["url"] = hook, ["secret"] = Secret }),
    };

    private static HttpListener Listen(out int port)
    {
        port = Ports.Free();
        var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        return listener;
    }

    /// <summary>Answers whatever comes until a message of this type does.</summary>
    private static async Task<(string Signature, byte[] Body)> ReceiveAsync(HttpListener listener, string type, CancellationToken patience)
    {
        while (true)
        {
            var context = await listener.GetContextAsync().WaitAsync(patience);
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body, patience);
            context.Response.StatusCode = 204;
            context.Response.Close();
            if (context.Request.Headers["x-deltaedge-type"] == type)
            {
                return (context.Request.Headers["x-deltaedge-signature"]!, body.ToArray());
            }
        }
    }
}

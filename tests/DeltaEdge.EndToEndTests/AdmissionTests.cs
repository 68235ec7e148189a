using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

/// <summary>Who may come in beside the demo cameras, through the gateway, on the real engine.</summary>
public sealed class AdmissionTests(EmbeddedSystemFixture system)
{
    [Fact]
    public async Task ModestStream_IsAddedWithABudget()
    {
        using var created = await system.Http.PostAsJsonAsync("/v1/streams", Spec("e2e-modest", framesPerSecond: 0.2, questions: 1, "flex"));
        try
        {
            Assert.Equal(201, (int)created.StatusCode);
            var admission = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("admission");
            Assert.True(admission.GetProperty("admitted").GetBoolean());
            Assert.Contains(admission.GetProperty("budget").GetInt32(), (int[])[576, 144, 64, 36, 16, 4, 1]);
            Assert.InRange(admission.GetProperty("predicted_utilisation").GetDouble(), double.Epsilon, 0.95);
            Assert.InRange(admission.GetProperty("expected_accuracy").GetProperty("count").GetDouble(), 0.1, 1);
            Assert.False(admission.TryGetProperty("reason", out _));
        }
        finally
        {
            using var removed = await system.Http.DeleteAsync("/v1/streams/e2e-modest");
        }
    }

    [Fact]
    public async Task AbsurdStream_IsRefusedWithWhatWouldFit_AndGivesItsIdBack()
    {
        var absurd = Spec("e2e-absurd", framesPerSecond: 30, questions: 16, "priority");

        using var refused = await system.Http.PostAsJsonAsync("/v1/streams", absurd);

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
        var error = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal("insufficient_capacity", error.GetProperty("code").GetString());
        Assert.Contains("It fits ", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        using var again = await system.Http.PostAsJsonAsync("/v1/streams", absurd);
        Assert.Equal(503, (int)again.StatusCode); // Not 409: the refusal has let go of the id.
    }

    [Fact]
    public async Task DryRun_SaysTheSameAndAddsNothing()
    {
        using var fits = await system.Http.PostAsJsonAsync("/v1/streams?dry_run=true", Spec("e2e-dry", framesPerSecond: 0.2, questions: 1, "flex"));
        using var fitsNot = await system.Http.PostAsJsonAsync("/v1/streams?dry_run=true", Spec("e2e-dry", framesPerSecond: 30, questions: 16, "flex"));
        using var unclear = await system.Http.PostAsJsonAsync("/v1/streams?dry_run=perhaps", Spec("e2e-dry", framesPerSecond: 1, questions: 1, "flex"));

        Assert.Equal(200, (int)fits.StatusCode);
        Assert.True((await fits.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("admission").GetProperty("admitted").GetBoolean());
        Assert.Equal(200, (int)fitsNot.StatusCode);
        var admission = (await fitsNot.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("admission");
        Assert.False(admission.GetProperty("admitted").GetBoolean());
        Assert.NotEqual("", admission.GetProperty("reason").GetString());
        Assert.NotEmpty(admission.GetProperty("fits").EnumerateArray());
        Assert.Equal(400, (int)unclear.StatusCode);
        using var absent = await system.Http.GetAsync("/v1/streams/e2e-dry");
        Assert.Equal(404, (int)absent.StatusCode);
    }

    [Fact]
    public async Task ChangeThatAsksTooMuch_IsRefused_AndOneThatAsksLessIsNot()
    {
        using var created = await system.Http.PostAsJsonAsync("/v1/streams", Spec("e2e-change", framesPerSecond: 0.2, questions: 1, "flex"));
        Assert.Equal(201, (int)created.StatusCode);
        try
        {
            using var refused = await system.Http.PatchAsJsonAsync("/v1/streams/e2e-change", Spec("e2e-change", framesPerSecond: 30, questions: 16, "flex"));
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Equal(0.2, (await system.Http.GetFromJsonAsync<JsonElement>("/v1/streams/e2e-change")).GetProperty("fps").GetDouble());

            using var changed = await system.Http.PatchAsJsonAsync("/v1/streams/e2e-change", new JsonObject { ["fps"] = 0.1 });
            Assert.Equal(200, (int)changed.StatusCode);
        }
        finally
        {
            using var removed = await system.Http.DeleteAsync("/v1/streams/e2e-change");
        }
    }

    private static JsonObject Spec(string id, double framesPerSecond, int questions, string slaClass) => new()
    {
        ["id"] = id,
        ["source"] = Repository.Clip("carpark.mp4"),
        ["questions"] = new JsonArray([.. Enumerable.Range(0, questions).Select(_ => JsonValue.Create("How many cars are there?"))]),
        ["fps"] = framesPerSecond,
        ["sla_class"] = slaClass,
    };
}

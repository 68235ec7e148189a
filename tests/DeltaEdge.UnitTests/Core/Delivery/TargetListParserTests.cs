using System.Text;
using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.UnitTests.Core.Delivery;

public sealed class TargetListParserTests
{
    private const string Secret = "sixteen-letters!";

    [Fact]
    public void Webhook_IsRead()
    {
        var target = Single($$"""{"type":"webhook","url":"https://example.com/hook?a=b","secret":"{{Secret}}","what":["events","answers"]}""");

        Assert.Equal((SinkKinds.Webhook, "https://example.com/hook?a=b", Secret), (target.Type, target.Url, target.Secret));
        Assert.True(target.WantsAnswers && target.WantsEvents);
    }

    [Fact]
    public void MqttAndRedis_GetDefaults()
    {
        var mqtt = Single("""{"type":"mqtt","url":"mqtt://broker"}""");
        var redis = Single("""{"type":"redis","url":"redis://:pw@store:6380/2"}""");

        Assert.Equal(("deltaedge/{stream}/{type}", null, null), (mqtt.Topic, mqtt.Key, mqtt.MaxLength));
        Assert.Equal((null, "deltaedge:{stream}", 1000), (redis.Topic, redis.Key, redis.MaxLength));
        Assert.Equal(["events"], mqtt.What);
    }

    [Theory]
    [InlineData("7", "deliver")]
    [InlineData("[7]", "deliver[0]")]
    [InlineData("""[{"type":"kafka"}]""", "deliver[0].type")]
    [InlineData("""[{"type":"webhook"}]""", "deliver[0].url")]
    [InlineData("""[{"type":"webhook","url":"ftp://example.com"}]""", "deliver[0].url")]
    [InlineData("""[{"type":"webhook","url":"https://me:pw@example.com"}]""", "deliver[0].url")]
    [InlineData("""[{"type":"mqtt","url":"https://example.com"}]""", "deliver[0].url")]
    [InlineData("""[{"type":"redis","url":"redis://example.com/first"}]""", "deliver[0].url")]
    [InlineData("""[{"type":"webhook","url":"https://example.com","what":[]}]""", "deliver[0].what")]
    [InlineData("""[{"type":"webhook","url":"https://example.com","what":["frames"]}]""", "deliver[0].what")]
    [InlineData("""[{"type":"webhook","url":"https://example.com","secret":"short"}]""", "deliver[0].secret")]
    [InlineData("""[{"type":"mqtt","url":"mqtt://a","secret":"sixteen-letters!"}]""", "deliver[0].secret")]
    [InlineData("""[{"type":"mqtt","url":"mqtt://a","topic":"a/#"}]""", "deliver[0].topic")]
    [InlineData("""[{"type":"mqtt","url":"mqtt://a","key":"k"}]""", "deliver[0].key")]
    [InlineData("""[{"type":"redis","url":"redis://a","max_length":0}]""", "deliver[0].max_length")]
    [InlineData("""[{"type":"redis","url":"redis://a"},{"type":"redis","url":"redis://a","what":["answers"]}]""", "deliver[1]")]
    public void BadTarget_NamesItsPlace(string targets, string param) => Assert.Equal(param, Parse(targets).Error?.Param);

    [Theory]
    [InlineData("""{"type":"webhook","url":"https://example.com:8443/services/T0/B0/hidden?key=hidden","secret":"hidden-sixteen-letters"}""", "https://example.com:8443/***")]
    [InlineData("""{"type":"webhook","url":"https://example.com"}""", "https://example.com")]
    [InlineData("""{"type":"mqtt","url":"mqtts://hidden:hidden@broker:8883"}""", "mqtts://broker:8883")]
    [InlineData("""{"type":"redis","url":"redis://hidden:hidden@store:6379/1"}""", "redis://store:6379/1")]
    public void Redacted_ShowsWhereAndNoCredentials(string target, string url)
    {
        var redacted = Single(target).Redacted();

        Assert.Equal(url, redacted.Url);
        Assert.DoesNotContain("hidden", redacted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TargetsSentBackAsShown_KeepTheirCredentials()
    {
        var spec = Parse($$"""
            [{"type":"webhook","url":"https://example.com/hook/1","secret":"{{Secret}}"},{"type":"mqtt","url":"mqtt://u:p@broker"},{"type":"webhook","url":"https://example.com"}]
            """).Value!;
        var shown = JsonSerializer.Serialize(spec.Deliver.Select(t => new { type = t.Type, url = t.Redacted().Url, secret = t.Redacted().Secret, what = (string[])["answers"] }));

        var patched = Patch(spec, shown).Value!;

        Assert.Equal(spec.Deliver.Select(t => (t.Url, t.Secret)), patched.Deliver.Select(t => (t.Url, t.Secret)));
        Assert.All(patched.Deliver, t => Assert.Equal(["answers"], t.What));
    }

    [Theory]
    [InlineData("""[{"type":"webhook","url":"https://other.example.com/***"}]""", "deliver[0].url")]
    [InlineData("""[{"type":"webhook","url":"https://other.example.com/hook","secret":"***"}]""", "deliver[0].secret")]
    public void HiddenPartsOfAnotherTarget_AreRefused(string targets, string param)
    {
        var spec = Parse($$"""[{"type":"webhook","url":"https://example.com/hook/1","secret":"{{Secret}}"}]""").Value!;

        Assert.Equal(param, Patch(spec, targets).Error?.Param);
        Assert.Equal(param, Parse(targets).Error?.Param);
    }

    [Fact]
    public void Identity_IsOfThePlaceAndNotOfWhatGoesThere()
    {
        var events = Single("""{"type":"redis","url":"redis://a","what":["events"]}""");

        Assert.Equal(events.Identity, Single("""{"type":"redis","url":"redis://a","what":["answers"]}""").Identity);
        Assert.NotEqual(events.Identity, Single("""{"type":"redis","url":"redis://a","key":"other"}""").Identity);
    }

    private static DeliveryTarget Single(string target) => Assert.Single(Parse($"[{target}]").Value!.Deliver);

    private static Result<StreamSpec> Patch(StreamSpec spec, string targets) => new StreamSpecParser(SlaCatalog.Default, TokenLadder.Default)
        .Patch(spec, Encoding.UTF8.GetBytes($$"""{"deliver":{{targets}}}"""));

    private static Result<StreamSpec> Parse(string targets) => new StreamSpecParser(SlaCatalog.Default, TokenLadder.Default)
        .Parse(Encoding.UTF8.GetBytes($$"""{"source":"a","questions":["How many?"],"deliver":{{targets}}}"""));
}

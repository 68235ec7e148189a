using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Worker.Chat;
using DeltaEdge.Worker.Serving;

namespace DeltaEdge.UnitTests.Worker;

public sealed class ChatRequestParserTests
{
    private const string Image = "data:image/jpeg;base64,AAEC";
    private static readonly SlaCatalog Odd = new([new SlaClass { Name = "odd", DeadlineMs = 400, MinTokens = 10, MaxTokens = 200 }]);

    private static readonly IStreamCatalog Cameras = new InProcessFabric(new(TimeProvider.System)).Catalog;

    [Fact]
    public void PlainRequest_TakesTheDefaults()
    {
        var chat = Parse(Body("Is there a red car?"));

        Assert.Equal("Is there a red car?", chat.Question);
        Assert.Equal(QuestionKind.YesNo, chat.Kind);
        Assert.Equal([0, 1, 2], chat.ImageBytes);
        Assert.Equal(new BudgetRange(1, 576), chat.Range);
        Assert.Equal("default", chat.Sla.Name);
        Assert.Equal(500, chat.DeadlineMs);
        Assert.False(chat.Stream);
        Assert.Null(chat.MaxNewTokens);
    }

    [Theory]
    [InlineData("\"max_tokens\": 5", 5)]
    [InlineData("\"max_completion_tokens\": 7", 7)]
    [InlineData("\"max_tokens\": 5, \"max_completion_tokens\": 7", 7)]
    public void LongestAnswer_IsTheBodysOwn(string more, int expected) => Assert.Equal(expected, Parse(Body("Is it?", more: ", " + more)).MaxNewTokens);

    [Theory]
    [InlineData("\"budget\": 144", 144, 144)]
    [InlineData("\"budget\": \"auto\"", 1, 576)]
    [InlineData("\"budget\": \"auto\", \"min_tokens\": 36, \"max_tokens\": 144", 36, 144)]
    [InlineData("\"budget\": 64, \"min_tokens\": 36, \"max_tokens\": 144", 64, 64)]
    [InlineData("\"min_tokens\": 36, \"max_tokens\": 144", 36, 144)]
    [InlineData("\"min_tokens\": 10", 16, 576)]
    [InlineData("\"max_tokens\": 100", 1, 64)]
    public void Range_LiesOnTheLadder(string extension, int floor, int ceiling) =>
        Assert.Equal(new BudgetRange(floor, ceiling), Parse(Body("Is it?", "{" + extension + "}")).Range);

    [Theory]
    [InlineData(null, 16, 144)]
    [InlineData("\"deadline_ms\": 70", 16, 144)]
    [InlineData("\"budget\": \"auto\"", 16, 144)]
    [InlineData("\"budget\": 576", 576, 576)]
    [InlineData("\"min_tokens\": 1", 1, 144)]
    [InlineData("\"max_tokens\": 576", 16, 576)]
    public void Range_IsTheClassesBetweenRungsWhereTheRequestDoesNotSay(string? extension, int floor, int ceiling)
    {
        var parsed = CreateParser(Odd).Parse(Json(Body("Is it?", extension is null ? null : "{" + extension + "}")), RequestTerms.None);
        Assert.Equal(new BudgetRange(floor, ceiling), parsed.Value!.Range);
    }

    [Fact]
    public void UnknownFieldOfTheExtension_IsRefusedWithWhatIsAllowed()
    {
        var error = CreateParser().Parse(Json(Body("Is it?", "{\"deadline\": 70}")), RequestTerms.None).Error!;

        Assert.Equal(("deltaedge.deadline", "unknown_parameter"), (error.Param, error.Code));
        Assert.Contains("deadline_ms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CeilingBelowTheClassesFloor_IsRefused() =>
        Assert.Equal("deltaedge.max_tokens", CreateParser(Odd).Parse(Json(Body("Is it?", "{\"max_tokens\": 4}")), RequestTerms.None).Error?.Param);

    [Theory]
    [InlineData("low", 1, 576)]
    [InlineData("high", 576, 576)]
    [InlineData("auto", 1, 576)]
    public void Detail_MapsToFloorOrCeiling(string detail, int floor, int ceiling) =>
        Assert.Equal(new BudgetRange(floor, ceiling), Parse(Body("Is it?", detail: detail)).Range);

    [Theory]
    [InlineData("priority", 300)]
    [InlineData("flex", 5000)]
    [InlineData("auto", 500)]
    public void ServiceTier_NamesTheClass(string tier, int deadline) =>
        Assert.Equal(deadline, Parse(Body("Is it?", more: $", \"service_tier\": \"{tier}\"")).DeadlineMs);

    [Fact]
    public void Deadline_OfTheBodyWinsOverTheHeader()
    {
        Assert.Equal(70, Parse(Body("Is it?", "{\"deadline_ms\": 70}"), "90").DeadlineMs);
        Assert.Equal(90, Parse(Body("Is it?"), "90").DeadlineMs);
    }

    [Theory]
    [InlineData("http://example.org/a.png", null)]
    [InlineData("HTTPS://example.org/a.png", null)]
    [InlineData("file:///etc/passwd", "invalid_image_url")]
    [InlineData("http://user@example.org/a.png", "invalid_image_url")]
    public void ImageUrl_IsTakenWhereAllowedAndRefusedElsewhere(string url, string? refusal)
    {
        var body = JsonDocument.Parse(Body("Is it?").Replace(Image, url, StringComparison.Ordinal)).RootElement;
        var taking = new ChatRequestParser(new ModelNames("nano"), TokenLadder.Default, SlaCatalog.Default, new StreamKeys(Cameras), TimeProvider.System, takesUrls: true).Parse(body, RequestTerms.None);

        Assert.Equal(refusal, taking.Error?.Code);
        Assert.Equal(refusal is null ? url : null, taking.Value?.ImageUrl);
        Assert.Equal("image_url_not_allowed", CreateParser().Parse(body, RequestTerms.None).Error?.Code);
    }

    [Fact]
    public void StreamId_GroupsAsks()
    {
        Assert.Equal(0UL, Parse(Body("Is it?")).StreamKey);
        Assert.Equal(StreamIds.KeyOf("gate-1"), Parse(Body("Is it?", "{\"stream_id\": \"gate-1\"}")).StreamKey);
        Assert.NotEqual(StreamIds.KeyOf("gate-1"), StreamIds.KeyOf("gate-2"));
    }

    [Fact]
    public async Task StreamIdOfATenant_ReachesItsOwnCamerasOnly()
    {
        await Cameras.AddAsync(new StreamRecord("ward", "{}", IsPaused: false, Tenant: "a", Revision: 1), CancellationToken.None);
        await Cameras.AddAsync(new StreamRecord("hall", "{}", IsPaused: false, Tenant: null, Revision: 1), CancellationToken.None);

        Assert.Equal(StreamIds.KeyOf("ward"), KeyOf("ward", "a"));
        Assert.Equal(StreamIds.KeyOf("ward"), KeyOf("ward", null)); // Keys are off.
        Assert.NotEqual(StreamIds.KeyOf("ward"), KeyOf("ward", "b"));
        Assert.NotEqual(StreamIds.KeyOf("hall"), KeyOf("hall", "b"));
        Assert.NotEqual(StreamIds.KeyOf("not-added-yet"), KeyOf("not-added-yet", "b"));
        Assert.Equal(KeyOf("ward", "b"), KeyOf("ward", "b"));
        Assert.NotEqual(KeyOf("ward", "c"), KeyOf("ward", "b"));

        static ulong KeyOf(string id, string? tenant) =>
            CreateParser().Parse(JsonDocument.Parse(Body("Is it?", $$"""{"stream_id": "{{id}}"}""")).RootElement, new() { Tenant = tenant }).Value!.StreamKey;
    }

    [Theory]
    [InlineData("response_format", "{\"type\": \"json_object\"}")]
    [InlineData("response_format", "{\"type\": \"json_schema\", \"json_schema\": {}}")]
    [InlineData("response_format", "{}")]
    [InlineData("response_format", "\"json\"")]
    [InlineData("tool_choice", "\"required\"")]
    [InlineData("tool_choice", "{\"type\": \"function\", \"function\": {\"name\": \"count\"}}")]
    [InlineData("logprobs", "true")]
    [InlineData("stop", "\"\\n\"")]
    [InlineData("stop", "[\".\"]")]
    public void DemandThatCannotBeKept_IsRefusedByName(string field, string value)
    {
        Assert.False(TryParse(Body("Is it?", more: $", \"{field}\": {value}"), null, out var error));
        Assert.Equal((400, "unsupported_parameter", field), (error!.Status, error.Code, error.Param));
    }

    [Theory]
    [InlineData("response_format", "{\"type\": \"text\"}")]
    [InlineData("response_format", "null")]
    [InlineData("tool_choice", "\"auto\"")]
    [InlineData("tool_choice", "\"none\"")]
    [InlineData("logprobs", "false")]
    [InlineData("stop", "null")]
    [InlineData("stop", "[]")]
    public void FieldThatDemandsNothing_Passes(string field, string value) => Parse(Body("Is it?", more: $", \"{field}\": {value}"));

    [Theory]
    [InlineData("data:image/jpeg;base64,AAEC", new byte[] { 0, 1, 2 })]
    [InlineData("DATA:image/jpeg;BASE64,AAE=", new byte[] { 0, 1 })]
    [InlineData("data:image/jpeg;base64,AA==", new byte[] { 0 })]
    [InlineData("data:image\\/jpeg;base64,\\/\\/8=", new byte[] { 255, 255 })]
    [InlineData("data:image/jpeg;base64,AA==\\n", new byte[] { 0 })]
    public void ImageInTheBody_IsDecoded(string url, byte[] image) => Assert.Equal(image, Parse(Body("Is it?").Replace(Image, url, StringComparison.Ordinal)).ImageBytes);

    [Theory]
    [InlineData("data:image/jpeg;base64,AAE", "invalid_image")]
    [InlineData("data:image/jpeg;base64,=", "invalid_image")]
    [InlineData("data:image/jpeg;base64,==", "invalid_image")]
    [InlineData("data:image/jpeg;base64,", "invalid_image")]
    [InlineData("data:,AAEC", "invalid_image")]
    [InlineData("data", "image_url_not_allowed")]
    public void ImageInTheBodyIsNone_IsRefused(string url, string code)
    {
        Assert.False(TryParse(Body("Is it?").Replace(Image, url, StringComparison.Ordinal), null, out var error));
        Assert.Equal(code, error!.Code);
    }

    [Fact]
    public void UnknownFieldsOfOpenAis_AreIgnored() => Parse(Body("Is it?", more: ", \"temperature\": 0.7, \"seed\": 1"));

    [Fact]
    public void LastUserMessage_IsTheQuestion()
    {
        var body = $$"""
            {"messages": [
              {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "{{Image}}"} }, {"type": "text", "text": "first"}]},
              {"role": "assistant", "content": "no"},
              {"role": "user", "content": "How many cars are there?"}]}
            """;
        Assert.Equal("How many cars are there?", Parse(body).Question);
    }

    [Theory]
    [InlineData("[]", "body")]
    [InlineData("{}", "messages")]
    [InlineData("{\"messages\": []}", "messages")]
    [InlineData("{\"messages\": [{}]}", "messages[0].role")]
    [InlineData("{\"messages\": [{\"role\": \"user\", \"content\": 3}]}", "messages[0].content")]
    [InlineData("{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"video\"}]}]}", "messages[0].content[0].type")]
    [InlineData("{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}]}", "messages[0].content[0].image_url")]
    [InlineData("{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://example.com/a.jpg\"}}]}]}", "messages[0].content[0].image_url.url")]
    [InlineData("{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {\"url\": \"data:image/png;base64,***\"}}]}]}", "messages[0].content[0].image_url.url")]
    [InlineData("{\"n\": 2}", "n")]
    [InlineData("{\"stream\": 1}", "stream")]
    [InlineData("{\"max_tokens\": 0}", "max_tokens")]
    [InlineData("{\"deltaedge\": 5}", "deltaedge")]
    [InlineData("{\"service_tier\": \"gold\"}", "service_tier")]
    [InlineData("{\"deltaedge\": {\"budget\": 100}}", "deltaedge.budget")]
    [InlineData("{\"deltaedge\": {\"budget\": \"100\"}}", "deltaedge.budget")]
    [InlineData("{\"deltaedge\": {\"min_tokens\": 100, \"max_tokens\": 120}}", "deltaedge.min_tokens")]
    [InlineData("{\"deltaedge\": {\"budget\": \"auto\", \"min_tokens\": \"x\"}}", "deltaedge.min_tokens")]
    [InlineData("{\"deltaedge\": {\"budget\": 16, \"min_tokens\": 64}}", "deltaedge.budget")]
    [InlineData("{\"deltaedge\": {\"budget\": 16, \"max_tokens\": 4}}", "deltaedge.budget")]
    [InlineData("{\"deltaedge\": {\"deadline_ms\": -5}}", "deltaedge.deadline_ms")]
    [InlineData("{\"deltaedge\": {\"captured_at\": \"yesterday\"}}", "deltaedge.captured_at")]
    [InlineData("{\"deltaedge\": {\"question_kind\": \"poem\"}}", "deltaedge.question_kind")]
    [InlineData("{\"deltaedge\": {\"sla_class\": \"gold\"}}", "deltaedge.sla_class")]
    [InlineData("{\"deltaedge\": {\"stream_id\": 7}}", "deltaedge.stream_id")]
    [InlineData("{\"deltaedge\": {\"stream_id\": \"\"}}", "deltaedge.stream_id")]
    [InlineData("{\"deltaedge\": {\"stream_id\": \"a/b\"}}", "deltaedge.stream_id")]
    public void BadField_IsNamed(string body, string param)
    {
        Assert.False(TryParse(body, null, out var error));
        Assert.Equal(param, error!.Param);
        Assert.Equal(400, error.Status);
    }

    [Theory]
    [InlineData("{\"messages\": [{\"role\": \"user\", \"content\": \"\\ud800\"}]}")]
    [InlineData("{\"model\": \"\\udfff\"}")]
    [InlineData("{\"deltaedge\": {\"budget\": \"\\ud800\"}}")]
    public void HalfACharacter_IsRefused(string body)
    {
        Assert.False(TryParse(body, null, out var error));
        Assert.Equal(400, error!.Status);
    }

    [Fact]
    public void AnyJson_GivesARequestOrAnError()
    {
        var random = new Random(7);
        var whole = Body("Is there a red car?", "{\"budget\": 144, \"deadline_ms\": 200}");
        string[] values = ["null", "true", "-1", "1e400", "\"\"", "[]", "{}", "\"\\u0000\"", "\"\\ud800\"", "[[]]", "99999999999999999999"];
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var at = random.Next(whole.Length);
            var mutated = whole.Remove(at, Math.Min(random.Next(12), whole.Length - at)).Insert(Math.Min(at, whole.Length - 12), random.Next(3) == 0 ? values[random.Next(values.Length)] : "");
            JsonElement body;
            try
            {
                body = JsonDocument.Parse(mutated).RootElement;
            }
            catch (JsonException)
            {
                continue; // Not JSON: the endpoint says so before the parser is asked.
            }

            if (CreateParser().Parse(body, Terms(null)).TryGet(out _, out _))
            {
                taken++;
            }
            else
            {
                refused++;
            }
        }

        Assert.True(taken > 1000 && refused > 1000, $"{taken} were taken and {refused} refused: too few to say anything.");
    }

    private static ChatRequest Parse(string body, string? header = null) =>
        CreateParser().Parse(Json(body), Terms(header)).TryGet(out var chat, out var error) ? chat : throw new InvalidOperationException(error.Message);

    private static bool TryParse(string body, string? header, out ApiError? error) =>
        CreateParser().Parse(Json(body), Terms(header)).TryGet(out _, out error);

    private static RequestTerms Terms(string? deadline) => new() { DeadlineMs = deadline };

    private static JsonElement Json(string body) => JsonDocument.Parse(body).RootElement;

    private static ChatRequestParser CreateParser(SlaCatalog? catalog = null) => new(new ModelNames("nano"), TokenLadder.Default, catalog ?? SlaCatalog.Default, new StreamKeys(Cameras), TimeProvider.System);

    private static string Body(string question, string? extension = null, string detail = "auto", string more = "") => $$"""
        {"model": "nano", "messages": [{"role": "user", "content": [
          {"type": "text", "text": "{{question}}"},
          {"type": "image_url", "image_url": {"url": "{{Image}}", "detail": "{{detail}}"} }]}]
          {{(extension is null ? "" : $", \"deltaedge\": {extension}")}}{{more}}}
        """;
}

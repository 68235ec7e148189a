using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.UnitTests.Streams;

public sealed class StreamSpecParserTests
{
    private const string Minimal = """{"source":"cam.mp4","questions":["How many cars are there?"]}""";

    [Fact]
    public void SourceAndQuestionOnly_GetsTheDefaults()
    {
        var spec = Parse(Minimal);
        Assert.StartsWith("cam-", spec.Id, StringComparison.Ordinal);
        Assert.Equal("cam.mp4", spec.Source);
        Assert.Equal(new StreamQuestion("q1", "How many cars are there?", QuestionKind.Count), Assert.Single(spec.Questions));
        Assert.Equal((2.0, "default", 500, true), (spec.Fps, spec.SlaClass, spec.DeadlineMs, spec.Loop));
        Assert.Equal(new BudgetRange(1, 576), spec.Range);
    }

    [Fact]
    public void EverythingGiven_IsTaken()
    {
        var spec = Parse("""
            {"id":"gate-1","source":"rtsp://u:p@10.0.0.1/live","fps":0.5,"sla_class":"priority","deadline_ms":250,"min_tokens":4,
             "max_tokens":144,"loop":false,
             "questions":["Is the gate open?",{"id":"plate","text":"What is on the plate?","kind":"ocr"}]}
            """);
        Assert.Equal(("gate-1", 0.5, "priority", 250, false), (spec.Id, spec.Fps, spec.SlaClass, spec.DeadlineMs, spec.Loop));
        Assert.Equal(new BudgetRange(4, 144), spec.Range);
        Assert.Equal(["q1", "plate"], spec.Questions.Select(q => q.Id));
        Assert.Equal([QuestionKind.YesNo, QuestionKind.Read], spec.Questions.Select(q => q.Kind));
        Assert.Equal("rtsp://10.0.0.1/live", spec.SourceDisplay);
    }

    [Theory]
    [InlineData("{}", 2000, 0.01)]
    [InlineData("""{"max_age_ms":500}""", 500, 0.01)]
    [InlineData("""{"max_age_ms":60000,"threshold":0.05}""", 60000, 0.05)]
    public void Gate_IsTaken(string gate, int maxAgeMs, double threshold) =>
        Assert.Equal(new GateSpec(maxAgeMs, threshold), Parse("""{"source":"a","questions":["x"],"gate":""" + gate + "}").Gate);

    [Fact]
    public void Gate_IsOffUnlessAsked()
    {
        var gated = Parse("""{"source":"a","questions":["x"],"gate":{}}""");

        Assert.Null(Parse(Minimal).Gate);
        Assert.Equal(gated.Gate, Patch(gated, """{"fps":1}""").Gate);
        Assert.Null(Patch(gated, """{"gate":null}""").Gate);
    }

    [Theory]
    [InlineData("""{"source":"a","questions":["x"],"gate":true}""", "gate", "max_age_ms")]
    [InlineData("""{"source":"a","questions":["x"],"gate":{"max_age_ms":0}}""", "gate.max_age_ms", "600000")]
    [InlineData("""{"source":"a","questions":["x"],"gate":{"max_age_ms":"soon"}}""", "gate.max_age_ms", "whole number")]
    [InlineData("""{"source":"a","questions":["x"],"gate":{"threshold":2}}""", "gate.threshold", "0 to 1")]
    [InlineData("""{"questions":["a"]}""", "source", "rtsp://")]
    [InlineData("""{"source":7,"questions":["a"]}""", "source", "rtsp://")]
    [InlineData("""{"source":"ftp://h/x","questions":["a"]}""", "source", "rtsps://")]
    [InlineData("""{"source":"rtsp://","questions":["a"]}""", "source", "valid URL")]
    [InlineData("""{"source":"a\u0000b","questions":["a"]}""", "source", "control")]
    [InlineData("""{"source":"a"}""", "questions", "missing")]
    [InlineData("""{"source":"a","questions":null}""", "questions", "missing")]
    [InlineData("""{"source":"a","questions":"x"}""", "questions", "not a list")]
    [InlineData("""{"source":"a","questions":[]}""", "questions", "1 to 16")]
    [InlineData("""{"source":"a","questions":["x",3]}""", "questions[1]", "neither")]
    [InlineData("""{"source":"a","questions":["  "]}""", "questions[0]", "no text")]
    [InlineData("""{"source":"a","questions":["\ud800"]}""", "questions[0]", "no text")]
    [InlineData("""{"source":"a","questions":[{"id":"x"}]}""", "questions[0].text", "no text")]
    [InlineData("""{"source":"a","questions":[{"id":"","text":"x"}]}""", "questions[0].id", "1 to 64")]
    [InlineData("""{"source":"a","questions":[{"text":"x","kind":"poem"}]}""", "questions[0].kind", "yes_no")]
    [InlineData("""{"source":"a","questions":["x",{"id":"q1","text":"y"}]}""", "questions[1].id", "differ")]
    [InlineData("""{"id":"a/b","source":"a","questions":["x"]}""", "id", "letters")]
    [InlineData("""{"id":"","source":"a","questions":["x"]}""", "id", "1 to 64")]
    [InlineData("""{"id":"..","source":"a","questions":["x"]}""", "id", "not a valid")]
    [InlineData("""{"source":"a","questions":["x"],"fps":0}""", "fps", "0.1 to 30")]
    [InlineData("""{"source":"a","questions":["x"],"fps":"2"}""", "fps", "not a number")]
    [InlineData("""{"source":"a","questions":["x"],"sla_class":"gold"}""", "sla_class", "priority, default, flex")]
    [InlineData("""{"source":"a","questions":["x"],"deadline_ms":9}""", "deadline_ms", "10 to 600000")]
    [InlineData("""{"source":"a","questions":["x"],"deadline_ms":100.5}""", "deadline_ms", "whole")]
    [InlineData("""{"source":"a","questions":["x"],"min_tokens":100}""", "min_tokens", "576, 144, 64, 36, 16, 4, 1")]
    [InlineData("""{"source":"a","questions":["x"],"max_tokens":0}""", "max_tokens", "576, 144")]
    [InlineData("""{"source":"a","questions":["x"],"min_tokens":144,"max_tokens":4}""", "min_tokens", "above")]
    [InlineData("""{"source":"a","questions":["x"],"loop":1}""", "loop", "true or false")]
    public void BadField_IsNamedWithWhatIsAllowed(string json, string param, string words)
    {
        var error = Refuse(json);
        Assert.Equal((400, param, "invalid_request_error"), (error.Status, error.Param, error.Type));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"source":"a","questions":["x"],"fsp":5}""", "fsp", "id, source, questions, fps, sla_class, deadline_ms, min_tokens, max_tokens, loop, transport, gate, rules, deliver.")]
    [InlineData("""{"source":"a","questions":[{"text":"x","knd":"count"}]}""", "questions[0].knd", "id, text, kind.")]
    [InlineData("""{"source":"a","questions":["x"],"gate":{"age":1}}""", "gate.age", "max_age_ms, threshold.")]
    [InlineData("""{"source":"a","questions":["x"],"rules":[{"question":"q1","when":{"changes":true},"debounce":5}]}""", "rules[0].debounce", "debounce_ms")]
    [InlineData("""{"source":"a","questions":["x"],"rules":[{"question":"q1","when":{"equal":"yes"}}]}""", "rules[0].when.equal", "equals, matches")]
    [InlineData("""{"source":"a","questions":["x"],"deliver":[{"type":"webhook","url":"https://a","wants_answers":true}]}""", "deliver[0].wants_answers", "type, url, secret")]
    [InlineData("""{"source":"a","questions":["x"],"\ud800":1}""", "body", "surrogate")]
    public void FieldThatNoStreamHas_IsRefusedWithWhatIsAllowed(string json, string param, string words)
    {
        var error = Refuse(json);
        Assert.Equal(param, error.Param);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LongName_IsShortened() => Assert.Equal(65, Refuse($$"""{"{{new string('x', 5000)}}":1}""").Param!.Length);

    [Fact]
    public void StreamSentBackAsShown_ChangesNothing()
    {
        var spec = Parse("""
            {"source":"rtsp://u:p@cam/1","questions":[{"text":"x","kind":"count"}],"gate":{},"rules":[{"question":"q1","when":{"above":1}}],
             "deliver":[{"type":"webhook","url":"https://a/b","secret":"sixteen-letters!"},{"type":"redis","url":"redis://:p@a"}]}
            """);
        var status = StreamStatuses.Of(spec, "running", "a reason") with { Worker = "w", Deliveries = [new DeliveryStatus("webhook", "https://a/***", "ok", 0, 0, null)] };
        var question = status.Questions[0] with { Floor = 4, Accuracy = new Dictionary<int, double> { [4] = 1 }, Agreement = new Dictionary<int, double>(), Probes = new Dictionary<int, double>() };
        var shown = JsonSerializer.SerializeToNode(status with { Questions = [question] }, StreamJsonContext.Default.StreamStatus)!;
        shown["admission"] = new JsonObject();

        Assert.Equal(StreamSpecWriter.Write(spec), StreamSpecWriter.Write(Patch(spec, shown.ToJsonString())));
    }

    [Fact]
    public void SpecOfANewerVersion_IsRestored() =>
        Assert.Equal(5, Accepted(CreateParser().Restore(Utf8("""{"source":"a","questions":[{"text":"x","newer":1}],"fps":5,"newer":{}}"""))).Fps);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void NotAJsonObject_IsInvalidJson(string json) => Assert.Equal("invalid_json", Refuse(json).Code);

    [Fact]
    public void SeventeenQuestions_AreTooMany() =>
        Assert.Equal("questions", Refuse($$"""{"source":"a","questions":[{{string.Join(',', Enumerable.Repeat("\"x\"", 17))}}]}""").Param);

    [Fact]
    public void QuestionOfTwoThousandAndOneCharacters_IsTooLong() =>
        Assert.Equal("questions[0]", Refuse($$"""{"source":"a","questions":["{{new string('x', 2001)}}"]}""").Param);

    [Fact]
    public void EmptyPatch_ChangesNothing()
    {
        var spec = Parse(Minimal);
        Assert.Equal(spec, Patch(spec, "{}"));
    }

    [Fact]
    public void PatchOfOneField_LeavesTheOthers()
    {
        var spec = Parse(Minimal);
        Assert.Equal(spec with { Fps = 5 }, Patch(spec, """{"fps":5}"""));
    }

    [Fact]
    public void NewClass_BringsItsDeadlineUnlessTheStreamHasItsOwn()
    {
        var inherited = Parse(Minimal);
        var own = Parse("""{"source":"a","questions":["x"],"deadline_ms":900}""");
        Assert.Equal(5000, Patch(inherited, """{"sla_class":"flex"}""").DeadlineMs);
        Assert.Equal(900, Patch(own, """{"sla_class":"flex"}""").DeadlineMs);
        Assert.Equal(500, Patch(own, """{"deadline_ms":null}""").DeadlineMs);
    }

    [Fact]
    public void SourceSentBackAsShown_KeepsItsCredentials()
    {
        var spec = Parse("""{"source":"snapshot+http://user:pw@camera/frame?token=1","questions":["How many cars are there?"]}""");

        Assert.Equal(spec with { Fps = 5 }, Patch(spec, $$"""{"source":"{{spec.SourceDisplay}}","fps":5}"""));
        Assert.Equal("http://camera/other", Patch(spec, """{"source":"http://camera/other"}""").Source);
    }

    [Fact]
    public void IdOfNull_IsARandomOne() => Assert.StartsWith("cam-", Parse("""{"id":null,"source":"cam.mp4","questions":["Is it?"]}""").Id, StringComparison.Ordinal);

    [Fact]
    public void PatchOfTheId_IsRefused() => Assert.Equal("id", CreateParser().Patch(Parse(Minimal), Utf8("""{"id":"other"}""")).Error?.Param);

    [Fact]
    public void PatchThatCrossesFloorAndCeiling_NamesTheFieldGiven()
    {
        var spec = Parse("""{"source":"a","questions":["x"],"min_tokens":64}""");
        Assert.Equal("max_tokens", CreateParser().Patch(spec, Utf8("""{"max_tokens":4}""")).Error?.Param);
    }

    [Fact]
    public void ClassLimitsBetweenRungs_SnapInwards()
    {
        var catalog = new SlaCatalog([new SlaClass { Name = "only", DeadlineMs = 400, MinTokens = 10, MaxTokens = 200 }]);
        var spec = new StreamSpecParser(catalog, TokenLadder.Default).Parse(Utf8(Minimal)).Value!;
        Assert.Equal(new BudgetRange(16, 144), spec.Range);
    }

    private static StreamSpecParser CreateParser() => new(SlaCatalog.Default, TokenLadder.Default);

    private static StreamSpec Parse(string json) => Accepted(CreateParser().Parse(Utf8(json)));

    private static StreamSpec Patch(StreamSpec current, string json) => Accepted(CreateParser().Patch(current, Utf8(json)));

    private static ApiError Refuse(string json)
    {
        var error = CreateParser().Parse(Utf8(json)).Error;
        Assert.NotNull(error);
        return error;
    }

    private static StreamSpec Accepted(Result<StreamSpec> result)
    {
        Assert.Null(result.Error);
        return result.Value!;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}

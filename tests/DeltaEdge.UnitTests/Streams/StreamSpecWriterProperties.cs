using System.Text;
using System.Text.Json.Nodes;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>What is stored of a stream reads back as the same stream.</summary>
public sealed class StreamSpecWriterProperties
{
    private static readonly StreamSpecParser Parser = new(SlaCatalog.Default, TokenLadder.Default);

    private static readonly Gen<JsonObject> Bodies =
        from source in Gen.Elements("/clips/ä b.mp4", "rtsp://user:p%40ss@cam:554/1?x=\"1\"", "https://cam/live.m3u8?token=a&b=c")
        from questions in Gen.Elements("How many cars are there?", "Was steht \"da\"? \u2603 \ud83d\ude97", "Is it <open> & lit?").NonEmptyListOf().Select(q => q.Take(16).ToArray())
        from kind in Gen.Elements(null, "count", "ocr", "describe")
        from fps in Gen.Elements(0.1, 1.0 / 3, 2, 29.97)
        from slaClass in Gen.Elements(null, "priority", "default", "flex")
        from deadline in Gen.Elements<int?>(null, 10, 777, 600_000)
        from floor in Gen.Elements<int?>(null, 1, 16, 36)
        from ceiling in Gen.Elements<int?>(null, 36, 576)
        from loop in Gen.Elements<bool?>(null, true, false)
        from gate in Gen.Elements(null, "{}", """{"max_age_ms":1,"threshold":0.3333333333333333}""")
        from rules in Gen.Elements(null, "[]", """[{"id":"r","question":"x0","when":{"matches":"^(yes|no) \\d{2}$"},"for_frames":3,"debounce_ms":9,"evidence":false,"case_sensitive":true},{"question":"x0","when":{"above":1.5}}]""")
        from deliver in Gen.Elements(null, """[{"type":"webhook","url":"https://h/x?k=v","secret":"0123456789abcdef","what":["answers","events"]},{"type":"mqtt","url":"mqtt://u:p@h"},{"type":"redis","url":"redis://h/1","max_length":7}]""")
        select new JsonObject
        {
            ["source"] = source,
            ["questions"] = new JsonArray([.. questions.Select((q, i) => new JsonObject { ["id"] = $"x{i}", ["text"] = q, ["kind"] = kind })]),
            ["fps"] = fps,
            ["sla_class"] = slaClass,
            ["deadline_ms"] = deadline,
            ["min_tokens"] = floor,
            ["max_tokens"] = ceiling,
            ["loop"] = loop,
            ["gate"] = gate is null ? null : JsonNode.Parse(gate),
            ["rules"] = rules is null ? null : JsonNode.Parse(rules),
            ["deliver"] = deliver is null ? null : JsonNode.Parse(deliver),
        };

    [Fact]
    public void WrittenSpec_ReadsBackAsTheSame() => Prop.ForAll(Bodies.ToArbitrary(), body =>
    {
        if (Parser.Parse(Encoding.UTF8.GetBytes(body.ToJsonString())).Value is not { } spec)
        {
            return; // A class whose own limits the drawn ones contradict.
        }

        var again = Parser.Parse(Encoding.UTF8.GetBytes(StreamSpecWriter.Write(spec)));

        Assert.Null(again.Error);
        Assert.Equal(spec.Questions, again.Value!.Questions);
        Assert.Equal(spec.Rules, again.Value.Rules);
        Assert.Equal(spec.Deliver.Select(t => (t.Identity, string.Join(',', t.What))), again.Value.Deliver.Select(t => (t.Identity, string.Join(',', t.What))));
        Assert.Equal(spec, again.Value with { Questions = spec.Questions, Rules = spec.Rules, Deliver = spec.Deliver });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ShortestDeadlineOfAClass_ReadsBack()
    {
        var options = new SlaOptions { Classes = { ["fast"] = new SlaClassOptions { DeadlineMs = 10 } } };
        var parser = new StreamSpecParser(options.ToCatalog(), TokenLadder.Default);
        var spec = parser.Parse("""{"source":"rtsp://cam/1","questions":["Is it?"],"sla_class":"fast"}"""u8.ToArray()).Value!;

        Assert.Empty(options.Problems());
        Assert.Equal(10, parser.Parse(Encoding.UTF8.GetBytes(StreamSpecWriter.Write(spec))).Value?.DeadlineMs);
    }

    [Fact]
    public void FullBody_Reads() => Assert.Null(Parser.Parse(
        """{"source":"rtsp://cam/1","questions":[{"id":"x0","text":"Is it?"}],"rules":[{"question":"x0","when":{"changes":true}}],"deliver":[{"type":"redis","url":"redis://h"}]}"""u8.ToArray()).Error);
}

using System.Text.Json;
using DeltaEdge.Core.Streams;

namespace DeltaEdge.UnitTests.Streams;

/// <summary>The wire shape that clients read. A failure here means a client breaks: add fields, do not rename them.</summary>
public sealed class StreamJsonTests
{
    [Fact]
    public void Status_HasItsWireShape()
    {
        var status = new StreamStatus
        {
            Id = "a",
            State = "running",
            Source = "rtsp://h/x",
            Questions = [new StreamQuestionStatus("q1", "Is it?", "yes_no")],
            Fps = 2,
            SlaClass = "default",
            DeadlineMs = 500,
            MinTokens = 1,
            MaxTokens = 576,
            Loop = true,
            Frames = new FrameCounts(9, 3, 1, 0),
            Rates = new StreamRates(10, 2),
            Reconnects = 1,
        };
        const string Expected =
            """{"object":"stream","id":"a","state":"running","source":"rtsp://h/x","questions":[{"id":"q1","text":"Is it?","kind":"yes_no"}],"fps":2,"sla_class":"default","deadline_ms":500,"min_tokens":1,"max_tokens":576,"loop":true,"frames":{"captured":9,"asked":3,"dropped":1,"gated":0},"rates":{"source":10,"processed":2},"reconnects":1,"last_frame_age_ms":null,"last_error":null}""";
        Assert.Equal(Expected, JsonSerializer.Serialize(status, StreamJsonContext.Default.StreamStatus));
        Assert.Equal(
            """{"data":[""" + Expected + """],"object":"list"}""",
            JsonSerializer.Serialize(new StreamList([status]), StreamJsonContext.Default.StreamList));
    }

    [Fact]
    public void QualityAndGate_AreAddedWhereTheyAreKnown()
    {
        var question = new StreamQuestionStatus("q1", "Is it?", "yes_no") { Floor = 4, Accuracy = new Dictionary<int, double> { [576] = 0.98, [4] = 0.9 } };
        Assert.Equal(
            """{"id":"q1","text":"Is it?","kind":"yes_no","floor":4,"accuracy":{"576":0.98,"4":0.9}}""",
            JsonSerializer.Serialize(question, StreamJsonContext.Default.StreamQuestionStatus));
        Assert.Equal("""{"max_age_ms":2000,"threshold":0.01}""", JsonSerializer.Serialize(new GateSpec(2000, 0.01), StreamJsonContext.Default.GateSpec));
    }
}

using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Rtsp;

namespace DeltaEdge.UnitTests.Streams.Rtsp;

public sealed class RtspGreetingTests
{
    private const string Video = "v=0\r\nm=audio 0 RTP/AVP 0\r\nm=video 0 RTP/AVP 96\r\n";

    [Theory]
    [InlineData("rtsp://camera/live", "rtsp://camera/live")]
    [InlineData("rtsp://camera", "rtsp://camera")]
    [InlineData("rtsp://user:pass@camera:8554/live?x=1", "rtsp://camera:8554/live?x=1")]
    [InlineData("rtsp://user:p@ss@camera/live", "rtsp://camera/live")]
    [InlineData("rtsp://user:pass@[::1]:554", "rtsp://[::1]:554")]
    [InlineData("rtsp://camera/user=a@b", "rtsp://camera/user=a@b")]
    [InlineData("rtsp://camera?user=a@b", "rtsp://camera?user=a@b")]
    public void Target_HoldsNoCredentials(string url, string target) => Assert.Equal(target, RtspGreeting.TargetOf(url));

    [Theory]
    [InlineData(200, Video, false)]
    [InlineData(302, "", false)]
    [InlineData(401, "", true)]
    public void WhatAReaderCanDealWith_IsLeftToIt(int status, string body, bool hasCredentials) =>
        Assert.Null(RtspGreeting.Judge(new RtspReply(status, body), hasCredentials));

    [Theory]
    [InlineData(200, "v=0\r\nm=audio 0 RTP/AVP 0\r\n", SourceEndKind.Lost)]
    [InlineData(200, "", SourceEndKind.Lost)]
    [InlineData(404, "", SourceEndKind.Lost)]
    [InlineData(503, "", SourceEndKind.Lost)]
    [InlineData(401, "", SourceEndKind.Refused)]
    [InlineData(403, "", SourceEndKind.Refused)]
    public void WhatNoReaderCan_IsRefused(int status, string body, SourceEndKind kind) =>
        Assert.Equal(kind, RtspGreeting.Judge(new RtspReply(status, body), hasCredentials: false)?.Kind);
}

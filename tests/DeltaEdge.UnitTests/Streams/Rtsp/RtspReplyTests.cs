using System.IO.Pipelines;
using System.Text;
using DeltaEdge.Streams.Rtsp;
using FsCheck;
using FsCheck.Fluent;

namespace DeltaEdge.UnitTests.Streams.Rtsp;

public sealed class RtspReplyTests
{
    [Theory]
    [InlineData("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n", 200, "")]
    [InlineData("RTSP/1.0 404\r\n\r\n", 404, "")]
    [InlineData("RTSP/1.0 200 OK\r\ncontent-length:  5 \r\n\r\nv=0\r\nrest", 200, "v=0\r\n")]
    [InlineData("$\0\0\u0002abRTSP/1.1 401 Unauthorized\r\n\r\n", 401, "")]
    public async Task Answer_IsRead(string bytes, int status, string body) => Assert.Equal(new RtspReply(status, body), await ReadAsync(bytes));

    [Theory]
    [InlineData("")]
    [InlineData("RTSP/1.0 200 OK\r\nCSeq: 1\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("RTSP/1.0\r\n\r\n")]
    [InlineData("RTSP/1.0 2000 OK\r\n\r\n")]
    [InlineData("RTSP/1.0 -20 OK\r\n\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nv=0\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n")]
    public async Task Rubbish_IsNone(string bytes) => Assert.Null(await ReadAsync(bytes));

    [Fact]
    public async Task EndlessHead_IsGivenUp() => Assert.Null(await ReadAsync("RTSP/1.0 200 OK\r\n" + new string('x', 1_000_000)));

    [Fact]
    public async Task OneAfterAnother_EachIsReadWhole()
    {
        var input = PipeReader.Create(new MemoryStream(Encoding.Latin1.GetBytes("RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nabRTSP/1.0 201 OK\r\n\r\n")));
        Assert.Equal(new RtspReply(200, "ab"), await RtspReply.ReadAsync(input, TestContext.Current.CancellationToken));
        Assert.Equal(new RtspReply(201, ""), await RtspReply.ReadAsync(input, TestContext.Current.CancellationToken));
        Assert.Null(await RtspReply.ReadAsync(input, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AnyBytes_AreReadOrRefused() => Prop.ForAll<byte[]>(bytes =>
        RtspReply.ReadAsync(PipeReader.Create(new MemoryStream(bytes)), CancellationToken.None).AsTask().IsCompletedSuccessfully).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyHead_IsParsedOrRefused() => Prop.ForAll<string?>(tail =>
        RtspReply.ParseHead("RTSP/1." + tail) is not { } head || head is { Status: >= 0 and <= 999, Length: >= 0 }).QuickCheckThrowOnFailure();

    private static ValueTask<RtspReply?> ReadAsync(string bytes) =>
        RtspReply.ReadAsync(PipeReader.Create(new MemoryStream(Encoding.Latin1.GetBytes(bytes))), TestContext.Current.CancellationToken);
}

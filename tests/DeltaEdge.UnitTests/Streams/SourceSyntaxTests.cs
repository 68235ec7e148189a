using DeltaEdge.Core.Streams;

namespace DeltaEdge.UnitTests.Streams;

public sealed class SourceSyntaxTests
{
    [Theory]
    [InlineData("/clips/a.mp4", SourceKind.File)]
    [InlineData("clips/images?fps=5", SourceKind.File)]
    [InlineData("file:///clips/a.mp4", SourceKind.File)]
    [InlineData("RTSP://cam/live", SourceKind.Rtsp)]
    [InlineData("rtsps://u:p@cam/live", SourceKind.Rtsp)]
    [InlineData("https://cam:8443/live.m3u8?token=1", SourceKind.Http)]
    [InlineData("http://[fd00::1]:80/mjpeg", SourceKind.Http)]
    [InlineData("snapshot+http://cam/still.jpg", SourceKind.Snapshot)]
    [InlineData("v4l2:/dev/video0", SourceKind.Device)]
    [InlineData("push:", SourceKind.Push)]
    [InlineData("synthetic:carpark?seed=7", SourceKind.Synthetic)]
    [InlineData("synthetic:panel", SourceKind.Synthetic)]
    public void Source_IsOfTheKindItsSchemeSays(string source, SourceKind kind) =>
        Assert.Equal((kind, source), (SourceSyntax.KindOf(source), SourceSyntax.Check(source).Value));

    [Theory]
    [InlineData("ftp://host/a.mp4")]
    [InlineData("concat://a")]
    [InlineData("rtsp://")]
    [InlineData("http://u:p w@host/x")]
    [InlineData("http://good.example\\@bad.example/x")]
    [InlineData("http://0x7f.1/x")]
    [InlineData("http://u:@secret?@10.0.0.7/x")]
    [InlineData("snapshot+ftp://cam/still.jpg")]
    [InlineData("v4l2:video0")]
    [InlineData("push:cam")]
    [InlineData("synthetic:")]
    [InlineData("synthetic:beach")]
    [InlineData("synthetic:carpark?seed=-1")]
    [InlineData("synthetic:carpark?speed=7")]
    [InlineData("a\nb.mp4")]
    public void AnythingElse_IsRefusedWithWhatIsAllowed(string source)
    {
        var error = SourceSyntax.Check(source).Error;
        Assert.Equal((400, "source"), (error?.Status, error?.Param));
        Assert.Contains("push:", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://admin:p%40ss@cam:554/live?token=1", "rtsp://cam:554/live")]
    [InlineData("snapshot+https://u@cam/still.jpg?k=1#x", "snapshot+https://cam/still.jpg")]
    [InlineData("rtsp://10.0.0.7/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp", "rtsp://10.0.0.7/user=***_password=***_channel=1_stream=0.sdp")]
    [InlineData("rtsp://10.0.0.7:554/user=admin&password=a_b!c&channel=2&stream=1.sdp?real_stream", "rtsp://10.0.0.7:554/user=***&password=***&channel=2&stream=1.sdp")]
    [InlineData("http://cam/video.cgi;usr=admin;pwd=x,y;resolution=1", "http://cam/video.cgi;usr=***;pwd=***;resolution=1")]
    [InlineData("http://cam/API_KEY=abc/def==/live.m3u8", "http://cam/API_KEY=***")]
    [InlineData("http://cam/token=ab_cd==/live.m3u8", "http://cam/token=***")]
    [InlineData("http://cam/token=ab_cd%3D%3D_channel=1", "http://cam/token=***_channel=1")]
    [InlineData("snapshot+http://cam/auth=YWRtaW46eA/still.jpg", "snapshot+http://cam/auth=***")]
    [InlineData("http://cam/userName%3Dadmin_passwd%3Dx", "http://cam/userName%3D***_passwd%3D***")]
    [InlineData("http://cam/password=a%20b%2Fc", "http://cam/password=***")]
    [InlineData("rtsp://cam/Streaming/Channels/101", "rtsp://cam/Streaming/Channels/101")]
    [InlineData("/clips/key=1.mp4", "/clips/key=1.mp4")]
    [InlineData("synthetic:carpark?seed=7", "synthetic:carpark?seed=7")]
    [InlineData("v4l2:/dev/video0", "v4l2:/dev/video0")]
    [InlineData("push:", "push:")]
    public void Display_HoldsNoCredentials(string source, string shown) => Assert.Equal(shown, SourceSyntax.Display(source));

    [Theory]
    [InlineData("/images?fps=5", "/images", 5.0)]
    [InlineData("file:///images?fps=0.5", "/images", 0.5)]
    [InlineData("/images", "/images", null)]
    [InlineData("/images?fps=0", "/images?fps=0", null)]
    public void Folder_MaySayItsRate(string source, string path, double? fps)
    {
        Assert.True(SourceSyntax.IsFile(source, out var found));
        Assert.Equal((path, fps), (found, SourceSyntax.FolderFps(source)));
    }
}

using DeltaEdge.Core.Streams;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>Which sources a client may name, with real folders and links.</summary>
public sealed class SourcePolicyTests : IDisposable
{
    private readonly ClipFolder _allowed = new();
    private readonly ClipFolder _secret = new();

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("/no/such/file.mp4")]
    [InlineData("file:///etc/passwd")]
    [InlineData("relative.mp4")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fe80::1]/video")]
    [InlineData("rtsp://[::ffff:169.254.1.1]/video")]
    public async Task SourceOutside_IsRefusedAtOnce(string source)
    {
        await using var host = new StreamsHost(_allowed.Root);
        var error = host.Registry.Add(StreamsHost.Spec("x", source)).Error;
        Assert.Equal((400, "source"), (error?.Status, error?.Param));
        Assert.Contains("Allowed", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkAndDotsThatLeadOutside_AreRefused()
    {
        var target = _secret.Text("secret.mp4", "x");
        File.CreateSymbolicLink(_allowed.PathOf("file-link.mp4"), target);
        Directory.CreateSymbolicLink(_allowed.PathOf("folder-link"), _secret.Root);
        await using var host = new StreamsHost(_allowed.Root);
        foreach (var path in (string[])["file-link.mp4", "folder-link/secret.mp4", $"../{Path.GetFileName(_secret.Root)}/secret.mp4"])
        {
            Assert.Equal("source", host.Registry.Add(StreamsHost.Spec("x", _allowed.PathOf(path))).Error?.Param);
        }
    }

    [Fact]
    public async Task FolderWhoseNameOnlyStartsTheSame_IsOutside()
    {
        var sibling = _allowed.Root + "-more";
        await using var host = new StreamsHost(_allowed.Root);
        Assert.NotNull(host.Registry.Add(StreamsHost.Spec("x", $"{sibling}/a.mp4")).Error);
    }

    [Fact]
    public async Task LinkThatStaysInside_IsFollowed()
    {
        File.CreateSymbolicLink(_allowed.PathOf("alias.mp4"), _allowed.Numbered("real.mp4", 30, 10));
        await using var host = new StreamsHost(_allowed.Root);
        var camera = host.Add(StreamsHost.Spec("x", _allowed.PathOf("alias.mp4")));
        await host.WaitForAsync(camera, StreamState.Running);
    }

    [Fact]
    public async Task PlaylistInside_DoesNotReachAFileOutside()
    {
        var outside = _secret.Numbered("outside.mp4", 30, 10);
        await using var host = new StreamsHost(_allowed.Root);
        var concat = host.Add(StreamsHost.Spec("concat", _allowed.Text("list.ffconcat", $"ffconcat version 1.0\nfile {outside}\n")));
        var playlist = host.Add(StreamsHost.Spec("m3u8", _allowed.Text("list.m3u8", $"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{outside}\n#EXT-X-ENDLIST\n")));
        await host.WaitForAsync(concat, StreamState.Failed);
        await host.WaitForAsync(playlist, StreamState.Failed);
        Assert.Equal((0, 0), (concat.Status.Frames.Captured, playlist.Status.Frames.Captured));
    }

    [Fact]
    public async Task NoFolderAllowed_SaysHowToAllowOne()
    {
        await using var host = new StreamsHost(_allowed.Root, o => o.AllowedDirectories.Clear());
        Assert.Contains("AllowedDirectories", host.Registry.Add(StreamsHost.Spec("x", _allowed.PathOf("a.mp4"))).Error?.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _allowed.Dispose();
        _secret.Dispose();
    }
}

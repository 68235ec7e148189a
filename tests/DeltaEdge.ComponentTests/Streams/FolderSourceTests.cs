using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Images;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>A folder of images as a camera.</summary>
public sealed class FolderSourceTests : IDisposable
{
    private readonly ClipFolder _folder = new();

    [Fact]
    public async Task Images_ComeInTheOrderOfTheirNamesAndEnd()
    {
        Write("b.jpg", 50);
        Write("a.jpg", 20);
        Write("c.JPEG", 80);
        _folder.Text("bb.jpg", "not an image");
        _folder.Text("readme.txt", "nor this");
        await using var host = new StreamsHost(_folder.Root);
        var camera = host.Add(StreamsHost.Spec("once", _folder.Root + "?fps=20", fps: 20, loop: false));
        int[] seen = [await NextAsync(host, "once"), await NextAsync(host, "once"), await NextAsync(host, "once")];
        Assert.Equal([20, 50, 80], seen);
        await host.WaitForAsync(camera, StreamState.Ended);
    }

    [Fact]
    public async Task LoopingFolder_StartsAgain()
    {
        Write("1.jpg", 20);
        Write("2.jpg", 50);
        await using var host = new StreamsHost(_folder.Root);
        host.Add(StreamsHost.Spec("loop", $"file://{_folder.Root}?fps=20", fps: 20));
        var seen = new List<int>();
        while (seen.Count < 6)
        {
            seen.Add(await NextAsync(host, "loop"));
        }

        Assert.Contains(50, seen);
        Assert.True(seen.LastIndexOf(20) > seen.IndexOf(50), $"20 should come after 50 again; seen {string.Join(' ', seen)}.");
    }

    [Fact]
    public async Task LinkToAnImageOutside_IsNotRead()
    {
        using var outside = new ClipFolder();
        File.WriteAllBytes(outside.PathOf("secret.jpg"), ImageFiles.Grey(200));
        File.CreateSymbolicLink(_folder.PathOf("a.jpg"), outside.PathOf("secret.jpg"));
        await using var host = new StreamsHost(_folder.Root);
        var camera = host.Add(StreamsHost.Spec("link", _folder.Root));
        await host.WaitForAsync(camera, StreamState.Failed);
        Assert.Contains("holds no images", camera.Status.LastError, StringComparison.Ordinal);
        Directory.CreateSymbolicLink(_folder.PathOf("way-out"), outside.Root);
        Assert.Equal("source_not_allowed", host.Registry.Add(StreamsHost.Spec("out", _folder.PathOf("way-out?fps=5"))).Error?.Code);
    }

    /// <summary>At this rate nobody would live to see the second image if each took a tick.</summary>
    [Fact]
    public async Task ImagesThatCannotBeRead_TakeNoTime()
    {
        var files = Enumerable.Range(0, 20).Select(i => _folder.Text($"{i:00}.jpg", "not an image")).Append(_folder.PathOf("good.jpg")).ToArray();
        Write("good.jpg", 50);
        await using var host = new StreamsHost(_folder.Root);
        await using var source = new FolderSource(files, fps: 1e-6, loops: true, ClipFolder.Side, maxBytes: 1024 * 1024, host.Clock);
        var pixels = new byte[ClipFolder.Side * ClipFolder.Side * 3];
        Assert.Null((await source.ReadAsync(pixels, host.Patience)).End);
        Assert.Equal(50, ImageFiles.LevelIn(pixels));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<int> NextAsync(StreamsHost host, string stream) => ImageFiles.LevelIn((await host.NextFrameAsync(stream)).Image.Pixels);

    private void Write(string name, byte level) => File.WriteAllBytes(_folder.PathOf(name), ImageFiles.Grey(level));
}

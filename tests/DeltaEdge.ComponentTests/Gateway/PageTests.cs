namespace DeltaEdge.ComponentTests.Gateway;

public sealed class PageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-page-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task PageIsNotBuilt_RootSaysHow()
    {
        await using var gateway = await StartAsync();

        Assert.Contains("make dashboard", await gateway.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageIsBuilt_ItIsServed()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "index.html"), "<title>page</title>");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "assets", "index-1a2b.js"), "1");
        await using var gateway = await StartAsync();

        using var page = await gateway.Http.GetAsync("/");
        using var asset = await gateway.Http.GetAsync("/assets/index-1a2b.js");

        Assert.Equal("<title>page</title>", await page.Content.ReadAsStringAsync());
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.True(page.Headers.CacheControl?.NoCache);
        Assert.Contains("script-src 'self'", page.Headers.GetValues("content-security-policy").Single(), StringComparison.Ordinal);
        Assert.Equal("text/javascript", asset.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", asset.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/missing.js")]
    [InlineData("/..%2f..%2fetc/passwd")]
    public async Task FileIsNotThere_IsAnUnknownRoute(string target)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "index.html"), "");
        await using var gateway = await StartAsync();

        await gateway.Http.GetAsync(target).RefusesAsync(404, "unknown_route");
    }

    private Task<TestGateway> StartAsync() => TestGateway.StartAsync(("DeltaEdge:Gateway:PageFolder", _folder.FullName));
}

using System.Diagnostics.Metrics;
using System.Text.Json;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Keys;
using DeltaEdge.Fabric.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.Fabric.Keys;

public sealed class RedisKeyBookTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<RedisLink> _links = [];
    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync()
    {
        RedisServer.SkipIfMissing();
        _redis = await RedisServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    [Fact]
    public async Task AddedAndRevokedByAnotherProcess_IsSeenByTheNextRead()
    {
        var (writer, reader) = (await OpenAsync(), await OpenAsync());

        var (key, _) = await writer.AddNewAsync(k => k with { SlaClass = "priority", AllowedClasses = ["priority"], ExpiresAt = k.CreatedAt.AddDays(9) });
        Assert.True(await reader.RefreshAsync(CancellationToken.None));
        Assert.Equivalent(key, reader.Find(key.Id));

        Assert.Equal(KeyOutcome.Done, await writer.RevokeAsync(key.Id, CancellationToken.None));
        Assert.True(await reader.RefreshAsync(CancellationToken.None));
        Assert.True(reader.Find(key.Id)!.IsRevoked);
        Assert.Equal(KeyOutcome.Exists, await writer.AddAsync(key, CancellationToken.None));
        Assert.Equal(KeyOutcome.Unknown, await writer.RevokeAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task RedisComesBackEmpty_KeysAndRevocationsArePutBack()
    {
        var book = await OpenAsync();
        var (kept, _) = await book.AddNewAsync();
        var (revoked, _) = await book.AddNewAsync();
        await book.RevokeAsync(revoked.Id, CancellationToken.None);
        await book.RefreshAsync(CancellationToken.None);

        _redis.Kill();
        Assert.False(await book.RefreshAsync(CancellationToken.None));
        Assert.NotNull(book.Find(kept.Id));

        await _redis.RestartAsync();
        await Wait.UntilAsync(() => book.OpenAsync(CancellationToken.None).AsTask(), () => "Redis to be reached again");
        var other = await OpenAsync();
        Assert.False(other.Find(kept.Id)!.IsRevoked);
        Assert.True(other.Find(revoked.Id)!.IsRevoked);
    }

    [Fact]
    public async Task StaleProcessPutsBackARevokedKey_WhoKnowsBetterRevokesItAgain()
    {
        var (knows, stale) = (await OpenAsync(), await OpenAsync());
        var (key, _) = await knows.AddNewAsync();
        await stale.RefreshAsync(CancellationToken.None);
        await knows.RevokeAsync(key.Id, CancellationToken.None);
        await knows.RefreshAsync(CancellationToken.None);
        await _redis.RestartAsync();

        await Wait.UntilAsync(() => stale.OpenAsync(CancellationToken.None).AsTask(), () => "Redis to be reached again");
        await Wait.UntilAsync(() => knows.OpenAsync(CancellationToken.None).AsTask(), () => "Redis to be reached again");
        await stale.RefreshAsync(CancellationToken.None);

        Assert.True(stale.Find(key.Id)!.IsRevoked);
    }

    [Fact]
    public async Task RevokedKeyIsPutBackAsValid_StaysRevoked()
    {
        var book = await OpenAsync();
        var (key, _) = await book.AddNewAsync();
        await book.RevokeAsync(key.Id, CancellationToken.None);

        // As by a process that read the store just before another one had put the revocation back.
        await _links[0].TryRunAsync(RedisScript.PutKeys, ["v", "put", key.Id, JsonSerializer.Serialize(key, KeyJson.Default.ApiKey)], CancellationToken.None);

        Assert.True((await OpenAsync()).Find(key.Id)!.IsRevoked);
    }

    private async Task<RedisKeyBook> OpenAsync()
    {
        var options = Options.Create(new FabricOptions { ConnectionString = _redis.ConnectionString, TimeoutMs = 5000 });
        var link = new RedisLink(options, new RedisKeys("keys"), TimeProvider.System, _services.GetRequiredService<IMeterFactory>(), NullLogger<RedisLink>.Instance);
        _links.Add(link);
        var book = new RedisKeyBook(link, NullLogger<RedisKeyBook>.Instance);
        Assert.True(await book.OpenAsync(CancellationToken.None));
        return book;
    }
}

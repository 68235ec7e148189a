using DeltaEdge.ComponentTests.Fixtures;

[assembly: AssemblyFixture(typeof(RedisServerFixture))]

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>One redis-server for the assembly, nothing on disk. Tests keep apart by key prefix; one that kills a server starts its own.</summary>
public sealed class RedisServerFixture : IAsyncLifetime
{
    private RedisServer? _server;

    /// <summary>For FabricOptions.ConnectionString; skips the test where there is no redis-server, but fails it in CI.</summary>
    public string ConnectionString
    {
        get
        {
            RedisServer.SkipIfMissing();
            return _server!.ConnectionString;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.IsInstalled)
        {
            _server = await RedisServer.StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Fabric;

/// <summary>Two hosts that share state, for what every fabric promises.</summary>
public abstract class TwoHosts : IAsyncLifetime
{
    private protected FabricHost One { get; private set; } = null!;

    private protected FabricHost Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        One = await StartAsync();
        Other = await StartAsync();
        await Wait.UntilAsync(() => One.State.Reachable && Other.State.Reachable, () => "both hosts to reach shared state");
    }

    public async ValueTask DisposeAsync()
    {
        if (One is not null)
        {
            await One.DisposeAsync();
        }

        if (Other is not null)
        {
            await Other.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract Task<FabricHost> StartAsync();
}

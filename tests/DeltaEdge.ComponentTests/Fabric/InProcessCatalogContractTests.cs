using DeltaEdge.Fabric.InProcess;

namespace DeltaEdge.ComponentTests.Fabric;

public sealed class InProcessCatalogContractTests : CatalogContractTests
{
    private readonly InProcessFabric _shared = new(new(TimeProvider.System), new() { ReportTtlMs = 60_000 });

    private protected override Task<FabricHost> StartAsync() => FabricHost.StartInProcessAsync(_shared);
}

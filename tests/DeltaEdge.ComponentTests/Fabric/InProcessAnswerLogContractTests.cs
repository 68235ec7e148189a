using DeltaEdge.Fabric.InProcess;

namespace DeltaEdge.ComponentTests.Fabric;

public sealed class InProcessAnswerLogContractTests : AnswerLogContractTests
{
    private readonly InProcessFabric _shared = new(new(TimeProvider.System), new() { ReportTtlMs = 60_000, AnswersKept = Kept, AnswersMaxBytes = KeptBytes });

    private protected override Task<FabricHost> StartAsync() => FabricHost.StartInProcessAsync(_shared);
}

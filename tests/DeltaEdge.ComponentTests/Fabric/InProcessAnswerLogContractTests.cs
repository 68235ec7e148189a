using DeltaEdge.Fabric.InProcess;

namespace DeltaEdge.ComponentTests.Fabric;

public sealed class InProcessAnswerLogContractTests : AnswerLogContractTests
{
    private readonly Dictionary<double, InProcessFabric> _shared = [];

    private protected override Task<FabricHost> StartAsync(double maxAgeSeconds)
    {
        if (!_shared.TryGetValue(maxAgeSeconds, out var shared))
        {
            _shared[maxAgeSeconds] = shared = new(new(TimeProvider.System), new() { ReportTtlMs = 60_000, AnswersKept = Kept, AnswersMaxBytes = KeptBytes, AnswersMaxAgeSeconds = maxAgeSeconds });
        }

        return FabricHost.StartInProcessAsync(shared);
    }
}

using DeltaEdge.ComponentTests.Fixtures;

namespace DeltaEdge.ComponentTests.Fabric;

public sealed class RedisAnswerLogContractTests(RedisServerFixture redis) : AnswerLogContractTests
{
    private readonly string _prefix = $"contract-{Guid.NewGuid():N}";

    private protected override Task<FabricHost> StartAsync(double maxAgeSeconds) => FabricHost.StartRedisAsync(
        redis.ConnectionString, _prefix, ("ReportTtlMs", "60000"), ("AnswersKept", $"{Kept}"), ("AnswersMaxBytes", $"{KeptBytes}"), ("AnswersMaxAgeSeconds", $"{maxAgeSeconds}"));
}

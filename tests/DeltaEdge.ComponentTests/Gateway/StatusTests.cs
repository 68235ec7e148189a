using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class StatusTests
{
    [Fact]
    public async Task NothingIsThereYet_StatusSaysSo()
    {
        await using var gateway = await TestGateway.StartAsync();

        var status = await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/status");

        Assert.Equal(JsonValueKind.Null, status.GetProperty("plan").ValueKind);
        Assert.True(status.GetProperty("shared_state").GetProperty("reachable").GetBoolean());
        Assert.Empty(status.GetProperty("workers").EnumerateArray());
        Assert.Equal([576, 144, 64, 36, 16, 4, 1], status.GetProperty("ladder").EnumerateArray().Select(b => b.GetInt32()));
        Assert.Equal(["priority", "default", "flex"], status.GetProperty("sla_classes").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task FleetWorks_PlanAndReportsAreShown()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.AddWorkerAsync("w1", backlogSeconds: 0.25);
        await gateway.PublishPlanAsync(new BudgetPlan
        {
            Version = 7,
            TtlMs = 60_000,
            Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("priority", new(4, 64)),
            PredictedUtilisation = 0.8,
            Reason = "load",
        });

        var status = await gateway.Http.GetFromJsonAsync<JsonElement>("/v1/status");

        var plan = status.GetProperty("plan");
        Assert.Equal((7, "load", 0.8), (plan.GetProperty("version").GetInt64(), plan.GetProperty("reason").GetString(), plan.GetProperty("predicted_utilisation").GetDouble()));
        var range = plan.GetProperty("classes").GetProperty("priority");
        Assert.Equal((4, 64), (range.GetProperty("floor").GetInt32(), range.GetProperty("ceiling").GetInt32()));
        var worker = Assert.Single(status.GetProperty("workers").EnumerateArray());
        Assert.Equal(("w1", 0.25), (worker.GetProperty("worker_id").GetString(), worker.GetProperty("backlog_seconds").GetDouble()));
        Assert.Equal(7, worker.GetProperty("profile").GetProperty("prefix_seconds").GetArrayLength());
        Assert.Equal(576, worker.GetProperty("profile").GetProperty("ladder")[0].GetInt32());
    }
}

using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.Json;
using DeltaEdge.UnitTests.Core;

namespace DeltaEdge.UnitTests.Fabric;

/// <summary>
/// The JSON that processes of different versions exchange during a rolling update. If one of these fails because of a change to a
/// record: new properties need a default and may be added here; a renamed or removed one needs another key version (RedisKeys).
/// </summary>
public sealed class FabricJsonTests
{
    private const string ReportJson =
        """{"worker_id":"w1","address":"http://w1:8081","model":"nano","sequence":7,"profile":{"ladder":[576,144,64,36,16,4,1],"frame_seconds":0.025,"prefix_seconds":[0.11,0.04,0.022,0.014,0.008,0.005,0.004],"question_seconds":0.005,"decode_step_seconds":[0.003,0.0035,0.004,0.005,0.007],"correction":1},"classes":[{"sla_class":"default","frames_per_second":2.5,"questions_per_second":2.5,"mean_answer_tokens":2,"p95_seconds":0.2,"finished":5,"on_time":0,"mean_budget":0}],"demand":[{"sla_class":"default","range":{"floor":1,"ceiling":576},"frames_per_second":2.5,"questions_per_second":2.5,"mean_answer_tokens":2,"values":[0.8,0.74,0.68,0.64,0.58,0.5,0.42]}],"queue_depth":0,"backlog_seconds":0,"active_rows":0,"busy_ratio":0,"current_budget":0,"streams":0,"max_streams":0,"draining":false}""";

    private const string PlanJson =
        """{"version":3,"ttl_ms":3000,"classes":{"default":{"floor":1,"ceiling":144}},"price":0.75,"predicted_utilisation":0.5,"reason":"load"}""";

    [Fact]
    public void Report_HasThisShape() =>
        Assert.Equal(ReportJson, FabricJson.Write(Reports.Worker("w1", Reports.Load(2.5, p95: 0.2, finished: 5)) with { Sequence = 7 }));

    [Fact]
    public void Plan_HasThisShape() => Assert.Equal(PlanJson, FabricJson.Write(new BudgetPlan
    {
        Version = 3,
        TtlMs = 3000,
        Classes = ImmutableDictionary<string, BudgetRange>.Empty.Add("default", new(1, 144)),
        Price = 0.75,
        PredictedUtilisation = 0.5,
        Reason = PlanReasons.Load,
    }));

    [Fact]
    public void ReportAndPlan_ReadBack()
    {
        Assert.Equal(ReportJson, FabricJson.Write(FabricJson.ReadReport(ReportJson)!));
        Assert.Equal(PlanJson, FabricJson.Write(FabricJson.ReadPlan(PlanJson)!));
    }

    [Fact]
    public void UnknownAndMissingOptionalProperties_AreNoMatter()
    {
        var report = JsonNode.Parse(ReportJson)!.AsObject();
        report["from_the_future"] = 1;
        report.Remove("queue_depth");

        Assert.Equal(ReportJson, FabricJson.Write(FabricJson.ReadReport(report.ToJsonString())!));
    }

    [Fact]
    public void ReportAndPlanOfAnOlderProcess_HaveNoDemandAndNoPrice()
    {
        var report = JsonNode.Parse(ReportJson)!.AsObject();
        report.Remove("demand");
        var plan = JsonNode.Parse(PlanJson)!.AsObject();
        plan.Remove("price");

        Assert.Empty(FabricJson.ReadReport(report.ToJsonString())!.Demand);
        Assert.Equal(0, FabricJson.ReadPlan(plan.ToJsonString())!.Price);
    }

    [Theory]
    [InlineData("values", "[0.8]")]
    [InlineData("values", "null")]
    [InlineData("frames_per_second", "-1")]
    [InlineData("range", "{\"floor\":16,\"ceiling\":4}")]
    public void DemandThatNoPlannerCouldUse_IsNothing(string name, string value)
    {
        var report = JsonNode.Parse(ReportJson)!;
        report["demand"]![0]![name] = JsonNode.Parse(value);

        Assert.Null(FabricJson.ReadReport(report.ToJsonString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"worker_id\":\"w1\"")]
    public void NotAReport_IsNothing(string json)
    {
        Assert.Null(FabricJson.ReadReport(json));
        Assert.Null(FabricJson.ReadPlan(json));
    }

    [Theory]
    [InlineData("worker_id", "\"\"")]
    [InlineData("classes", "null")]
    [InlineData("profile/ladder", "[1,4]")]
    [InlineData("profile/ladder", "[]")]
    [InlineData("profile/ladder", "\"576\"")]
    [InlineData("profile/prefix_seconds", "[0.1]")]
    [InlineData("profile/decode_step_seconds", "[]")]
    [InlineData("profile/frame_seconds", "\"NaN\"")]
    [InlineData("profile/correction", "-1")]
    public void ReportThatNoPlannerCouldUse_IsNothing(string path, string value)
    {
        var report = JsonNode.Parse(ReportJson)!;
        var names = path.Split('/');
        var parent = names.Length == 2 ? report[names[0]]! : report;
        parent[names[^1]] = JsonNode.Parse(value);

        Assert.Null(FabricJson.ReadReport(report.ToJsonString()));
    }

    [Theory]
    [InlineData("ttl_ms", "0")]
    [InlineData("price", "-1")]
    [InlineData("classes", "{\"default\":{\"floor\":16,\"ceiling\":4}}")]
    [InlineData("classes", "{\"default\":{\"floor\":0,\"ceiling\":4}}")]
    public void PlanThatNoWorkerCouldUse_IsNothing(string name, string value)
    {
        var plan = JsonNode.Parse(PlanJson)!;
        plan[name] = JsonNode.Parse(value);

        Assert.Null(FabricJson.ReadPlan(plan.ToJsonString()));
    }
}

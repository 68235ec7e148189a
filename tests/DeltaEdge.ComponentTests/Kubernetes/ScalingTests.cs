using System.Reflection;
using System.Text.RegularExpressions;
using DeltaEdge.Telemetry;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>Autoscalers have one existing target each, and go by metrics that the programs have.</summary>
public sealed partial class ScalingTests
{
    private static readonly HashSet<string> Metrics = [.. typeof(InstrumentNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetRawConstantValue()).OfType<string>()];

    public static IEnumerable<TheoryDataRow<string>> Overlays => Overlay.Names;

    [Theory]
    [MemberData(nameof(Overlays))]
    public void ATarget_ExistsAndHasOneAutoscaler(string overlay)
    {
        var rendered = Overlay.Get(overlay);
        var targets = rendered.Of("HorizontalPodAutoscaler").Concat(rendered.Of("ScaledObject"))
            .Select(s => (Kind: s.Spec["scaleTargetRef"]["kind"].Text, Name: s.Spec["scaleTargetRef"]["name"].Text)).ToList();

        Assert.Distinct(targets);
        Assert.All(targets, target =>
        {
            var workload = Assert.Single(rendered.Manifests, m => m.Kind == target.Kind && m.Name == target.Name);
            Assert.False(workload.Spec["replicas"].Exists, $"{workload} sets replicas: applying it would undo what the autoscaler decided.");
        });
    }

    [Theory]
    [InlineData("components/keda/scaling.yaml")]
    [InlineData("components/hpa/adapter-rules.yaml")]
    public void Queries_UseMetricsThatExist(string file)
    {
        var used = MetricName().Matches(Checkout.Read("k8s", file)).Select(m => m.Value).Where(m => !IsNamedHere(file, m)).ToHashSet();

        Assert.Contains(InstrumentNames.QualityDebtSecondsTotal, used);
        Assert.Contains(InstrumentNames.PlanUtilisationRatio, used);
        Assert.Subset(Metrics, used);
    }

    /// <summary>What the HPA asks the metrics API for is what the adapter's rules call their results.</summary>
    [Fact]
    public void TheAdaptersRules_NameWhatTheHpaAsksFor()
    {
        var offered = Node.Parse(Checkout.Read("k8s", "components", "hpa", "adapter-rules.yaml")).Single()["rules"]["external"].Items.Select(r => r["name"]["as"].Text);
        var asked = Node.Parse(Checkout.Read("k8s", "components", "hpa", "scaling.yaml")).Single()["spec"]["metrics"].Items.Select(m => m["external"]["metric"]["name"].Text);

        Assert.Equal(offered.Order(), asked.Order());
    }

    /// <summary>Both autoscalers decide alike: same bounds, same behaviour.</summary>
    [Fact]
    public void KedaAndHpa_AgreeOnBounds()
    {
        var keda = Node.Parse(Checkout.Read("k8s", "components", "keda", "scaling.yaml")).Single()["spec"];
        var hpa = Node.Parse(Checkout.Read("k8s", "components", "hpa", "scaling.yaml")).Single()["spec"];

        Assert.Equal(keda["minReplicaCount"].Text, hpa["minReplicas"].Text);
        Assert.Equal(keda["maxReplicaCount"].Text, hpa["maxReplicas"].Text);
        Assert.Equal(keda["advanced"]["horizontalPodAutoscalerConfig"]["behavior"].Canonical(), hpa["behavior"].Canonical());
    }

    private static bool IsNamedHere(string file, string metric) => Checkout.Read("k8s", file).Contains($"as: {metric}\n", StringComparison.Ordinal);

    [GeneratedRegex("deltaedge_[a-z_]+")]
    private static partial Regex MetricName();
}

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>The operator's PrometheusRule says what the plain rule files say.</summary>
public sealed class PrometheusRuleTests
{
    [Fact]
    public void Groups_AreThoseOfTheRuleFiles()
    {
        var wrapped = Node.Parse(Checkout.Read("k8s", "components", "prometheus", "rules.yaml")).Single()["spec"]["groups"];
        var plain = Directory.EnumerateFiles(Path.Combine(Checkout.Kubernetes, "monitoring", "rules"), "*.yaml").SelectMany(f => Node.Parse(File.ReadAllText(f)).Single()["groups"].Items);

        Assert.True(
            Canonical(plain).SequenceEqual(Canonical(wrapped.Items)),
            "k8s/components/prometheus/rules.yaml is not what k8s/monitoring/rules says: run `make k8s-rules`.");
    }

    private static IEnumerable<string> Canonical(IEnumerable<Node> groups) => groups.Select(g => g.Canonical()).Order(StringComparer.Ordinal);
}

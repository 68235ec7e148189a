namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>Who may connect to whom, worked out from the policies as a cluster would.</summary>
public sealed class NetworkPolicyTests
{
    public static IEnumerable<TheoryDataRow<string>> Overlays => Overlay.Names;

    [Theory]
    [MemberData(nameof(Overlays))]
    public void OnlyTheNamedConnections_AreOpen(string overlay)
    {
        var rendered = Overlay.Get(overlay);
        var open = from source in rendered.Workloads
                   from target in rendered.Workloads
                   from port in target.Ports.Values
                   where Permits(rendered, "Egress", source, target, port) && Permits(rendered, "Ingress", target, source, port)
                   select $"{source.Role} to {target.Role}:{port}";

        Assert.Equal(["controller to redis:6379", "gateway to redis:6379", "gateway to worker:8081", "worker to redis:6379"], open.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Policies_SpeakOfPodsAndPortsThatExist(string overlay)
    {
        var rendered = Overlay.Get(overlay);
        Assert.All(rendered.Of("NetworkPolicy"), policy =>
        {
            var own = rendered.Selected(policy.Spec["podSelector"]).ToList();
            Assert.NotEmpty(own);
            Assert.All(policy.Spec["ingress"].Items, rule =>
            {
                Assert.All(Peers(rule, "from"), peer => Assert.NotEmpty(rendered.Selected(peer)));
                Assert.All(rule["ports"].Items, port => Assert.All(own, w => Assert.NotEmpty(w.PortNumber(port["port"].Text))));
            });
            Assert.All(policy.Spec["egress"].Items.SelectMany(rule => Peers(rule, "to").Select(peer => (rule, peer))), pair =>
                Assert.All(pair.rule["ports"].Items, port => Assert.All(rendered.Selected(pair.peer), w => Assert.NotEmpty(w.PortNumber(port["port"].Text)))));
        });
    }

    /// <summary>A worker fetches from where users say; the address that hands out a node's credentials is not among them.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void OpenAddresses_LeaveOutTheCloudsMetadata(string overlay) => Assert.All(
        Overlay.Get(overlay).Of("NetworkPolicy").SelectMany(p => p.Spec["egress"].Items).SelectMany(r => r["to"].Items).Select(t => t["ipBlock"]).Where(b => b.Exists),
        block => Assert.Contains("169.254.0.0/16", block["except"].Texts));

    /// <summary>Pods of this namespace that a rule names.</summary>
    private static IEnumerable<Node> Peers(Node rule, string side) => rule[side].Items.Where(p => p["podSelector"].Exists && !p["namespaceSelector"].Exists).Select(p => p["podSelector"]);

    private static bool Permits(Overlay overlay, string direction, Workload own, Workload other, string port)
    {
        var (rules, side) = direction == "Egress" ? ("egress", "to") : ("ingress", "from");
        var target = direction == "Egress" ? other : own;
        return overlay.Of("NetworkPolicy")
            .Where(p => p.Spec["policyTypes"].Texts.Contains(direction) && LabelSelector.Takes(p.Spec["podSelector"], own.Labels))
            .SelectMany(p => p.Spec[rules].Items)
            .Any(rule => rule["ports"].Items.Any(p => target.PortNumber(p["port"].Text) == port)
                && (!rule[side].Exists || rule[side].Items.Any(p => p["ipBlock"].Exists) || Peers(rule, side).Any(p => LabelSelector.Takes(p, other.Labels))));
    }
}

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>What the manifests say of each other: selectors take the pods that they are meant for, ports and targets exist.</summary>
public sealed class WiringTests
{
    private static readonly string[] Roles = ["controller", "gateway", "worker"];

    public static IEnumerable<TheoryDataRow<string>> Overlays => Overlay.Names;

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EveryObject_IsInTheNamespace(string overlay) => Assert.All(
        Overlay.Get(overlay).Manifests.Where(m => m.Kind != "Namespace"), m => Assert.Equal("deltaedge", m.Body["metadata"]["namespace"].Text));

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Workloads_SelectTheirOwnPods(string overlay) => Assert.All(
        Overlay.Get(overlay).Workloads, w => Assert.Same(w, Assert.Single(Overlay.Get(overlay).Selected(w.Manifest.Spec["selector"]))));

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Services_LeadToPortsOfOneWorkload(string overlay)
    {
        var rendered = Overlay.Get(overlay);
        var services = rendered.Of("Service").ToList();
        Assert.All(services, service =>
        {
            var labels = Manifest.LabelsOf(service.Spec["selector"]);
            var workload = Assert.Single(rendered.Workloads, w => labels.All(l => w.Labels.TryGetValue(l.Key, out var value) && value == l.Value));
            Assert.All(service.Spec["ports"].Items, port => Assert.NotEmpty(workload.PortNumber(port["targetPort"].Text)));
        });
        Assert.All(rendered.Workloads.Where(w => w.Manifest.Kind == "StatefulSet"), w => Assert.Contains(services, s => s.Name == w.Manifest.Spec["serviceName"].Text));
    }

    /// <summary>Where the roles look for Redis is a Service's name and port, and what a worker advertises is its own.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Addresses_AreThoseOfServicesAndPods(string overlay) => Assert.All(Overlay.Get(overlay).Workloads.Where(w => w.IsOurs), workload =>
    {
        var redis = Variable(workload, "DeltaEdge__Fabric__ConnectionString").Split(',')[0].Split(':');
        Assert.Equal(redis[1], Overlay.Get(overlay).Of("Service").Single(s => s.Name == redis[0]).Spec["ports"].Items.Single()["port"].Text);
        if (workload.Role == "worker")
        {
            Assert.Equal($"http://$(POD_IP):{workload.PortNumber("http")}", Variable(workload, "DeltaEdge__Worker__AdvertisedAddress"));
        }
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void EveryRole_HasADisruptionBudget(string overlay) => Assert.Equal(
        Roles, Overlay.Get(overlay).Of("PodDisruptionBudget").Select(b => Assert.Single(Overlay.Get(overlay).Selected(b.Spec["selector"])).Role).Order());

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Prometheus_ScrapesAllRoles(string overlay) => Assert.All(Overlay.Get(overlay).Of("ServiceMonitor"), monitor =>
    {
        var services = Overlay.Get(overlay).Of("Service").Where(s => LabelSelector.Takes(monitor.Spec["selector"], s.Labels)).ToList();
        Assert.Equal(Roles, services.Select(s => s.Labels["app.kubernetes.io/component"]).Order());
        var endpoint = monitor.Spec["endpoints"].Items.Single();
        Assert.Equal("/metrics", endpoint["path"].Text);
        Assert.All(services, s => Assert.Contains(s.Spec["ports"].Items, p => p["name"].Text == endpoint["port"].Text));
    });

    private static string Variable(Workload workload, string name) => workload.Container["env"].Items.Single(e => e["name"].Text == name)["value"].Text;
}

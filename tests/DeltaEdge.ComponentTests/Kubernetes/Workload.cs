namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>A Deployment or StatefulSet, and the pods it makes. Every one here has a single container.</summary>
internal sealed class Workload(Manifest manifest)
{
    public Manifest Manifest => manifest;

    public string Role => Labels["app.kubernetes.io/component"];

    public Node Pod => manifest.Spec["template"]["spec"];

    public Node Container => Pod["containers"].Items.Single();

    public IReadOnlyDictionary<string, string> Labels => Manifest.LabelsOf(manifest.Spec["template"]["metadata"]["labels"]);

    /// <summary>Ports by name.</summary>
    public IReadOnlyDictionary<string, string> Ports => Container["ports"].Items.ToDictionary(p => p["name"].Text, p => p["containerPort"].Text, StringComparer.Ordinal);

    /// <summary>Whether the program is ours.</summary>
    public bool IsOurs => Container["image"].Text.StartsWith("deltaedge/", StringComparison.Ordinal);

    /// <summary>Number of the port that a name or number stands for; empty if the pod has none such.</summary>
    public string PortNumber(string port) => Ports.TryGetValue(port, out var number) ? number : Ports.Values.Contains(port) ? port : "";

    public override string ToString() => manifest.ToString();
}

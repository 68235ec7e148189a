namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>A rendered Kubernetes object.</summary>
internal sealed record Manifest(Node Body)
{
    public string Kind => Body["kind"].Text;

    public string Name => Body["metadata"]["name"].Text;

    public Node Spec => Body["spec"];

    public IReadOnlyDictionary<string, string> Labels => LabelsOf(Body["metadata"]["labels"]);

    public bool IsWorkload => Kind is "Deployment" or "StatefulSet";

    public static IReadOnlyDictionary<string, string> LabelsOf(Node labels) => labels.Pairs.ToDictionary(p => p.Key, p => p.Value.Text, StringComparer.Ordinal);

    public override string ToString() => $"{Kind} {Name}";
}

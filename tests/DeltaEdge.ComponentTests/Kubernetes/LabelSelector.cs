namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>Kubernetes' label selectors, as far as the manifests use them: matchLabels, and matchExpressions with In.</summary>
internal static class LabelSelector
{
    public static bool Takes(Node selector, IReadOnlyDictionary<string, string> labels) =>
        selector["matchLabels"].Pairs.All(p => labels.TryGetValue(p.Key, out var value) && value == p.Value.Text)
        && selector["matchExpressions"].Items.All(e => IsIn(e, labels));

    private static bool IsIn(Node expression, IReadOnlyDictionary<string, string> labels)
    {
        Assert.Equal("In", expression["operator"].Text);
        return labels.TryGetValue(expression["key"].Text, out var value) && expression["values"].Texts.Contains(value);
    }
}

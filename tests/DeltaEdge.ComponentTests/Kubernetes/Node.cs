using YamlDotNet.RepresentationModel;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>A place in a YAML document that may be missing: reading on from there stays missing instead of failing.</summary>
internal readonly struct Node(YamlNode? yaml)
{
    public Node this[string key] => new(yaml is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null);

    public bool Exists => yaml is not null;

    /// <summary>The scalar's text, or empty.</summary>
    public string Text => (yaml as YamlScalarNode)?.Value ?? "";

    public IEnumerable<Node> Items => yaml is YamlSequenceNode list ? list.Children.Select(n => new Node(n)) : [];

    public IEnumerable<(string Key, Node Value)> Pairs => yaml is YamlMappingNode map
        ? map.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, new Node(pair.Value)))
        : [];

    /// <summary>All scalars of a list.</summary>
    public IReadOnlyList<string> Texts => [.. Items.Select(n => n.Text)];

    /// <param name="text">One or more YAML documents; empty ones are left out.</param>
    public static IReadOnlyList<Node> Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Where(d => d.RootNode is YamlMappingNode).Select(d => new Node(d.RootNode))];
    }

    /// <summary>The same text for the same content, whatever the order of keys.</summary>
    public string Canonical() => yaml switch
    {
        YamlMappingNode => "{" + string.Join(",", Pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{p.Value.Canonical()}")) + "}",
        YamlSequenceNode => "[" + string.Join(",", Items.Select(i => i.Canonical())) + "]",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        _ => "",
    };

    public override string ToString() => Canonical();
}

using System.Collections.Immutable;

namespace DeltaEdge.Worker.Serving;

/// <summary>
/// Names that asks may use: of the model in force, and of those that were in force since the start, so that a swap fails no client
/// which goes on naming the old one. Answers say whose they are.
/// </summary>
internal sealed class ModelNames(string first)
{
    private volatile ImmutableList<string> _known = [first]; // newest last

    public string Current => _known[^1];

    public bool Contains(string name) => _known.Contains(name, StringComparer.OrdinalIgnoreCase);

    public void Add(string name) => _known = _known.Remove(name).Add(name);
}

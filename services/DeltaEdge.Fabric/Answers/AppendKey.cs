namespace DeltaEdge.Fabric.Answers;

/// <summary>What tells a repeat of an append: the same key again under the same claim.</summary>
/// <param name="Writer">Whoever counts the sequence. A worker that comes back under its name, and so under its claim, counts anew and is another.</param>
/// <param name="Sequence">Rises by one with every entry that the writer appends under a claim.</param>
public readonly record struct AppendKey(string Writer, long Sequence);

namespace DeltaEdge.Core.Models;

/// <summary>A file of the compiled model with the length and SHA-256 (lower-case hex) it had when written; a cache that differs is rebuilt.</summary>
public sealed record CompiledFile(string Name, long Length, string Sha256);

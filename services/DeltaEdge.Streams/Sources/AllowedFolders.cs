namespace DeltaEdge.Streams.Sources;

/// <summary>Folders below which a client may name files. Links are followed on both sides before they are compared.</summary>
public sealed class AllowedFolders(IEnumerable<string> folders)
{
    private readonly string[] _folders = [.. folders.Select(f => RealPath.Resolve(f)).OfType<string>()];

    public bool IsEmpty => _folders.Length == 0;

    /// <summary>Where the path really leads, if that is one of the folders or below one; null else, whether or not it exists.</summary>
    public string? Find(string path) =>
        RealPath.Resolve(path) is { } real && Array.Exists(_folders, f => real == f || real.StartsWith(f == "/" ? f : f + "/", StringComparison.Ordinal)) ? real : null;
}

namespace DeltaEdge.Streams.Sources;

/// <summary>Where a path really leads: symbolic links followed in every part of it, "." and ".." taken out. Parts that do not exist stay as they are.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <returns>Null for a loop of links, or a path that cannot be one.</returns>
    public static string? Resolve(string path)
    {
        try
        {
            return Follow(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? Follow(string path)
    {
        // GetFullPath would fold "link/.." without looking where the link leads, so only the start is taken from it.
        var rooted = Path.IsPathRooted(path) ? path : Path.Combine(Environment.CurrentDirectory, path);
        var rest = new Stack<string>(Parts(rooted));
        var current = "/";
        var links = 0;
        while (rest.TryPop(out var part))
        {
            if (part == ".")
            {
                continue;
            }

            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? "/";
                continue;
            }

            var next = Path.Combine(current, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            current = Path.IsPathRooted(target) ? "/" : current;
            foreach (var piece in Parts(target))
            {
                rest.Push(piece);
            }
        }

        return current;
    }

    // Last part first, so that pushing them leaves the first on top.
    private static IEnumerable<string> Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse();
}

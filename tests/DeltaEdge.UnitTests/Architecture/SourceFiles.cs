namespace DeltaEdge.UnitTests.Architecture;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Source files by pattern, paths relative to the root with forward slashes; build output and downloads left out.</summary>
    public static IEnumerable<string> Files(params string[] patterns) => patterns
        .SelectMany(p => Directory.EnumerateFiles(Root, p, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System }))
        .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
        .Where(f => !f.Split('/').Any(part => part is "artifacts" or "bin" or "obj" or "node_modules" or "dist" or ".git"))
        .Order(StringComparer.Ordinal);

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "DeltaEdge.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException($"No DeltaEdge.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}

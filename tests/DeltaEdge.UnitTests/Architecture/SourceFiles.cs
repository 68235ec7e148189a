namespace DeltaEdge.UnitTests.Architecture;

/// <summary>What people wrote in the checkout.</summary>
internal static class SourceFiles
{
    /// <summary>Files by pattern, paths relative to the root with forward slashes; build output and downloads left out.</summary>
    public static IEnumerable<string> Of(params string[] patterns) => patterns
        .SelectMany(p => Directory.EnumerateFiles(Repository.Root, p, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System }))
        .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
        .Where(f => !f.Split('/').Any(part => part is "artifacts" or "BenchmarkDotNet.Artifacts" or "bin" or "obj" or "node_modules" or "dist" or ".git"))
        .Order(StringComparer.Ordinal);
}

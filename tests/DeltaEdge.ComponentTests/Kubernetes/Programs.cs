using System.Reflection;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>The programs that the images hold, and every assembly of ours that they load.</summary>
internal static class Programs
{
    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "DeltaEdge.*.dll")
        .Where(f => !Path.GetFileName(f).Contains("Tests", StringComparison.Ordinal))
        .Select(Assembly.LoadFrom)];
}

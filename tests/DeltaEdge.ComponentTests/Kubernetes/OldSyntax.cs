namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>
/// The manifests in the words of kustomize 2.0.3, which Debian 12's kubectl holds: folders are `bases`, patch files are
/// `patchesStrategicMerge`. So they render on a machine that has nothing newer.
/// </summary>
internal static class OldSyntax
{
    /// <summary>A translated copy of <paramref name="source"/> in <paramref name="target"/>.</summary>
    public static void Translate(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Path.GetFileName(file) == "kustomization.yaml")
            {
                File.WriteAllLines(copy, TranslateLines(File.ReadAllLines(file)));
            }
            else
            {
                File.Copy(file, copy);
            }
        }
    }

    private static IEnumerable<string> TranslateLines(string[] lines)
    {
        var folders = lines.Where(l => l.StartsWith("  - ../", StringComparison.Ordinal)).ToList();
        if (folders.Count > 0)
        {
            yield return "bases:";
        }

        foreach (var folder in folders)
        {
            yield return folder;
        }

        foreach (var line in lines.Except(folders))
        {
            yield return line.Replace("patches:", "patchesStrategicMerge:", StringComparison.Ordinal).Replace("  - path: ", "  - ", StringComparison.Ordinal);
        }
    }
}

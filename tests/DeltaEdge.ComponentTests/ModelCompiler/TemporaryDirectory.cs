namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>A directory that goes with its test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("deltaedge-");

    public string Path => _directory.FullName;

    public string Child(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Copies the files of a package, not what was compiled beside them.</summary>
    public string CopyOf(string package)
    {
        var copy = Child("package");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(package))
        {
            File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        }

        return copy;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}

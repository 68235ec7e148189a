namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Where the model packages made by models/training lie in the working tree.</summary>
internal static class ModelFixtures
{
    public static string RepositoryRoot { get; } = FindRoot();

    public static string Tiny => Path.Combine(RepositoryRoot, "tests", "fixtures", "model", "tiny");

    public static string TinyGolden => Path.Combine(Tiny, "golden.safetensors");

    public static string Nano => Path.Combine(RepositoryRoot, "models", "nano");

    public static string NanoWeights => Path.Combine(Nano, "model.safetensors");

    public static string NanoGolden => Path.Combine(RepositoryRoot, "tests", "fixtures", "model", "nano", "golden.safetensors");

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "DeltaEdge.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"No DeltaEdge.sln above {AppContext.BaseDirectory}.");
    }
}

namespace DeltaEdge.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The model package that ships.</summary>
    public static string Model { get; } = PathOf("models", "nano");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A demo clip of the model's.</summary>
    public static string Clip(string name) => Path.Combine(Model, "clips", name);

    /// <summary>A sample image of the model's.</summary>
    public static string Sample(string name) => Path.Combine(Model, "samples", name);

    public static string Read(string relativePath) => File.ReadAllText(PathOf(relativePath));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeltaEdge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No DeltaEdge.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}

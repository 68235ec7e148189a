namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>Files of the source tree that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Model => Path.Combine(Root, "models", "nano");

    public static string Clip(string name) => Path.Combine(Model, "clips", name);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeltaEdge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No DeltaEdge.sln above the test assembly.");
    }
}

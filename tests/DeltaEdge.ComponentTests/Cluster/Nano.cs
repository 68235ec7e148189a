namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>Files of the model that ships, in the source tree.</summary>
internal static class Nano
{
    public static string Clips => Path.Combine(Folder, "clips");

    public static string Folder { get; } = DeltaEdge.Worker.Hosting.ModelLocation.Find(null);

    public static string Sample(string name) => Path.Combine(Folder, "samples", name);
}

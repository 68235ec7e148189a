using System.Xml.Linq;
using DeltaEdge.ComponentTests.Cluster;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>The source tree that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Nano.Folder, "..", ".."));

    public static string Kubernetes { get; } = Path.Combine(Root, "k8s");

    /// <summary>Version that the programs are built as.</summary>
    public static string Version { get; } = XDocument.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));
}

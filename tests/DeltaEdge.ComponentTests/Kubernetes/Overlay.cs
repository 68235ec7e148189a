using System.Collections.Concurrent;
using DeltaEdge.ComponentTests.ModelCompiler;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>One of k8s/overlays as it would be applied.</summary>
internal sealed class Overlay
{
    private static readonly ConcurrentDictionary<string, Lazy<Overlay>> Rendered = new();

    private Overlay(string text)
    {
        Manifests = [.. Node.Parse(text).Select(n => new Manifest(n))];
        Workloads = [.. Manifests.Where(m => m.IsWorkload).Select(m => new Workload(m))];
    }

    public static IEnumerable<TheoryDataRow<string>> Names => Directory.EnumerateDirectories(Path.Combine(Checkout.Kubernetes, "overlays"))
        .Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal).Select(n => new TheoryDataRow<string>(n));

    public IReadOnlyList<Manifest> Manifests { get; }

    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>Rendered once; skips the test where there is no kubectl.</summary>
    public static Overlay Get(string name)
    {
        Kubectl.SkipIfMissing();
        return Rendered.GetOrAdd(name, n => new(() => new Overlay(Kubectl.IsCurrent ? Kubectl.Render(Folder(Checkout.Kubernetes, n)) : RenderTranslated(n)))).Value;
    }

    public static string RenderTranslated(string name)
    {
        using var copy = new TemporaryDirectory();
        OldSyntax.Translate(Checkout.Kubernetes, copy.Path);
        return Kubectl.Render(Folder(copy.Path, name));
    }

    public IEnumerable<Manifest> Of(string kind) => Manifests.Where(m => m.Kind == kind);

    /// <summary>Workloads whose pods a label selector takes; an empty selector takes all.</summary>
    public IEnumerable<Workload> Selected(Node selector) => Workloads.Where(w => LabelSelector.Takes(selector, w.Labels));

    private static string Folder(string kubernetes, string name) => Path.Combine(kubernetes, "overlays", name);
}

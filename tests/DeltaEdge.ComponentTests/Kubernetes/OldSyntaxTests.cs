namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>The translation for old kubectl changes nothing in what is rendered.</summary>
public sealed class OldSyntaxTests
{
    public static IEnumerable<TheoryDataRow<string>> Overlays => Overlay.Names;

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Translated_RendersTheSame(string overlay) => Assert.Equal(
        Overlay.Get(overlay).Manifests.Select(m => m.Body.Canonical()).Order(StringComparer.Ordinal),
        Node.Parse(Overlay.RenderTranslated(overlay)).Select(n => n.Canonical()).Order(StringComparer.Ordinal));
}

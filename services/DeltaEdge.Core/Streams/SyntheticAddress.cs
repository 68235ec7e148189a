using System.Globalization;

namespace DeltaEdge.Core.Streams;

/// <summary>A drawn scene: <c>synthetic:carpark?seed=7</c>.</summary>
/// <param name="Scene">One of <see cref="Scenes"/>.</param>
/// <param name="Seed">Which of the endlessly many; 0 unless told.</param>
public sealed record SyntheticAddress(string Scene, int Seed)
{
    public const string Prefix = "synthetic:";
    public const string Carpark = "carpark";
    public const string Panel = "panel";
    public const string Allowed = "synthetic:carpark or synthetic:panel, each with ?seed=N";

    private const string SeedPrefix = "seed=";

    public static IReadOnlyList<string> Scenes { get; } = [Carpark, Panel];

    /// <returns>Null for anything else.</returns>
    public static SyntheticAddress? Parse(string source)
    {
        if (!source.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = source[Prefix.Length..];
        var query = rest.IndexOf('?', StringComparison.Ordinal);
        var scene = query < 0 ? rest : rest[..query];
        if (!Scenes.Contains(scene, StringComparer.Ordinal))
        {
            return null;
        }

        if (query < 0)
        {
            return new SyntheticAddress(scene, 0);
        }

        var told = rest.AsSpan(query + 1);
        return told.StartsWith(SeedPrefix) && int.TryParse(told[SeedPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? new SyntheticAddress(scene, seed)
            : null;
    }
}

using System.Collections.Immutable;

namespace DeltaEdge.Evaluation.Figures;

/// <summary>
/// The style of each policy by name. Known names look the same in every figure; others take what is left, in order of their names.
/// Names that begin with <c>deltaedge</c> are ours and share the strong colour; <c>oracle</c> is a bound and black.
/// </summary>
public static class PolicyStyles
{
    private const int Shapes = 7;
    private static readonly ImmutableArray<string> Dashes = ["", "7 3", "2 3", "9 3 2 3"];

    // Longest first where one begins with another.
    private static readonly ImmutableArray<string> Known =
        ["slackfit", "proteus", "brownout", "infaas", "sommelier", "frame-rate", "admission", "drop-oldest", "aimd", "resolution", "clipper", "slack"];

    /// <summary>Whether a policy is one of ours.</summary>
    public static bool IsOwn(string policy) => policy.StartsWith("deltaedge", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a policy is an upper bound, not a competitor.</summary>
    public static bool IsBound(string policy) => policy.StartsWith("oracle", StringComparison.OrdinalIgnoreCase);

    /// <summary>A style for every policy named.</summary>
    public static IReadOnlyDictionary<string, SeriesStyle> For(IEnumerable<string> policies)
    {
        var styles = new Dictionary<string, SeriesStyle>();
        var (own, bound, plain, other) = (0, 0, 0, Known.Length);
        var taken = new HashSet<int>();
        foreach (var name in policies.Distinct().Order(StringComparer.Ordinal))
        {
            var known = KnownIndex(name);
            styles[name] =
                IsOwn(name) ? new SeriesStyle(Palette.Own, (MarkerShape)(own % Shapes), Dashes[own++ % Dashes.Length], Strong: true)
                : IsBound(name) ? new SeriesStyle(Palette.Bound, (MarkerShape)((4 + bound) % Shapes), Dashes[(1 + bound++) % Dashes.Length])
                : name.StartsWith("fixed", StringComparison.OrdinalIgnoreCase) ? new SeriesStyle(Palette.Fixed, (MarkerShape)(plain % Shapes), Dashes[(2 + plain++) % Dashes.Length])
                : Baseline(known >= 0 && taken.Add(known) ? known : other++);
        }

        return styles;
    }

    /// <summary>Styles by position, for series that are not policies.</summary>
    public static SeriesStyle Baseline(int index)
    {
        var hue = index % Palette.Baselines.Length;
        var round = index / Palette.Baselines.Length;
        return new SeriesStyle(Palette.Baselines[hue], (MarkerShape)((hue + 1 + (round * 2)) % Shapes), Dashes[round % Dashes.Length]);
    }

    private static int KnownIndex(string name)
    {
        for (var i = 0; i < Known.Length; i++)
        {
            if (name.StartsWith(Known[i], StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}

namespace DeltaEdge.Telemetry.Prometheus;

/// <summary>Finds a series from a measurement's tags without allocating: hash and equality do not depend on the tags' order.</summary>
internal sealed class TagSetComparer
    : IEqualityComparer<TagSet>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, TagSet>
{
    public static TagSetComparer Instance { get; } = new();

    public bool Equals(TagSet? x, TagSet? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Tags.SequenceEqual(y.Tags));

    public int GetHashCode(TagSet obj)
    {
        var hash = 0;
        foreach (var (name, value) in obj.Tags)
        {
            hash += HashCode.Combine(name, string.GetHashCode(value.AsSpan()));
        }

        return hash;
    }

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, TagSet other)
    {
        var present = 0;
        foreach (var (name, value) in alternate)
        {
            if (IsAbsent(value))
            {
                continue;
            }

            present++;
            if (!Has(other, name, value))
            {
                return false;
            }
        }

        return present == other.Tags.Length;
    }

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = 0;
        foreach (var (name, value) in alternate)
        {
            hash += IsAbsent(value) ? 0 : HashCode.Combine(name, TagText.Hash(value));
        }

        return hash;
    }

    public TagSet Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => new(alternate);

    private static bool IsAbsent(object? value) => value is null or "";

    private static bool Has(TagSet set, string name, object? value)
    {
        foreach (var (otherName, otherValue) in set.Tags)
        {
            if (otherName == name)
            {
                return TagText.Matches(value, otherValue);
            }
        }

        return false;
    }
}

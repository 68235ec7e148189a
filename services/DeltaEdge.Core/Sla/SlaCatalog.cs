using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DeltaEdge.Core.Sla;

/// <summary>The configured SLA classes. OpenAI <c>service_tier</c> values map to classes by name or by alias.</summary>
public sealed class SlaCatalog
{
    private readonly FrozenDictionary<string, SlaClass> _byName;

    /// <exception cref="ArgumentException">No class, or two of one name.</exception>
    public SlaCatalog(IEnumerable<SlaClass> classes)
    {
        Classes = [.. classes];
        if (Classes.IsEmpty)
        {
            throw new ArgumentException("At least one SLA class is needed.", nameof(classes));
        }

        _byName = Classes.ToFrozenDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>priority 300 ms, default 500 ms, flex 5 s.</summary>
    public static SlaCatalog Default { get; } = new(
    [
        new SlaClass { Name = "priority", DeadlineMs = 300, Weight = 2 },
        new SlaClass { Name = "default", DeadlineMs = 500 },
        new SlaClass { Name = "flex", DeadlineMs = 5000, Weight = 0.5 },
    ]);

    public ImmutableArray<SlaClass> Classes { get; }

    /// <summary>The class of requests that name none: the one called "default", else the first.</summary>
    public SlaClass DefaultClass => Find("default") ?? Classes[0];

    public string Allowed => string.Join(", ", Classes.Select(c => c.Name));

    /// <summary>The class of that name; "auto" and null mean the default class; null if unknown.</summary>
    public SlaClass? Find(string? name) => name switch
    {
        null or "auto" => _byName.GetValueOrDefault("default") ?? Classes[0],
        _ => _byName.GetValueOrDefault(name),
    };
}

using System.Collections.Immutable;

namespace DeltaEdge.Core.Sla;

/// <summary>What is said about a request's promise outside its body.</summary>
public sealed record RequestTerms
{
    public static RequestTerms None { get; } = new();

    /// <summary>Class that the request's header names.</summary>
    public string? SlaClass { get; init; }

    /// <summary>Class of the API key.</summary>
    public string? KeyClass { get; init; }

    /// <summary>Classes that the key may name; empty if all.</summary>
    public ImmutableArray<string> AllowedClasses { get; init; } = [];

    /// <summary>Id of the API key that asks; null where keys are off.</summary>
    public string? Tenant { get; init; }

    /// <summary>Deadline that a header gives, as it came.</summary>
    public string? DeadlineMs { get; init; }

    /// <summary>Name of that header.</summary>
    public string DeadlineHeader { get; init; } = Wire.EdgeHeaders.DeadlineMs;

    /// <summary>How long ago the request reached the gateway, beyond the way to here: what an earlier attempt has cost.</summary>
    public TimeSpan Elapsed { get; init; }
}

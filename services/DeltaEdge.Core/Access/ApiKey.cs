using System.Collections.Immutable;

namespace DeltaEdge.Core.Access;

/// <summary>What is kept of an API key: everything but the secret. It never changes but for being revoked.</summary>
public sealed record ApiKey
{
    /// <summary>Public half of the key: names it in records, logs and as owner of streams.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it was made for, in the operator's words.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the whole key, lower-case hex.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on it is refused; null if it does not end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool IsRevoked { get; init; }

    /// <summary>SLA class of its requests that name none; null for the default.</summary>
    public string? SlaClass { get; init; }

    /// <summary>SLA classes it may name; empty if all.</summary>
    public ImmutableArray<string> AllowedClasses { get; init; } = [];

    /// <summary>Requests a second over time.</summary>
    public double RequestsPerSecond { get; init; } = 50;

    /// <summary>Requests at once after a pause.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>Requests in flight, event streams included.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>Whether it may read metrics and the fleet's status.</summary>
    public bool SeesMetrics { get; init; }

    /// <summary>Whether it may read metrics, and see and change streams of every key.</summary>
    public bool IsAdmin { get; init; }

    public bool MaySeeMetrics => SeesMetrics || IsAdmin;

    public bool IsValidAt(DateTimeOffset now) => !IsRevoked && !(now >= ExpiresAt);

    /// <summary>Whether it may see and change a stream that this tenant added; null is nobody's, from when keys were off.</summary>
    public bool MaySeeStreamsOf(string? tenant) => IsAdmin || tenant == Id;
}

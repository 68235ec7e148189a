using System.Collections.Immutable;
using DeltaEdge.Core.Access;

namespace DeltaEdge.Fabric.Keys;

/// <summary>The API keys there are. Revoked ones stay in it, so that no reader can mistake a lost revocation for a valid key.</summary>
public interface IKeyBook
{
    /// <summary>All keys known to this process, by id; at most a second old while the store can be reached.</summary>
    ImmutableArray<ApiKey> All { get; }

    /// <summary>Whether the store has been read; before that no key is known, valid or not.</summary>
    bool IsRead { get; }

    /// <summary>The key of that id, valid or not.</summary>
    ApiKey? Find(string id);

    /// <summary>For a program without a running host: reaches the store and reads it. False if it is out of reach.</summary>
    ValueTask<bool> OpenAsync(CancellationToken cancellationToken);

    ValueTask<KeyOutcome> AddAsync(ApiKey key, CancellationToken cancellationToken);

    ValueTask<KeyOutcome> RevokeAsync(string id, CancellationToken cancellationToken);
}

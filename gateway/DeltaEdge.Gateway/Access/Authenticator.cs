using DeltaEdge.Core.Access;
using DeltaEdge.Fabric.Keys;

namespace DeltaEdge.Gateway.Access;

/// <summary>From what a request presents to the key it is.</summary>
internal sealed class Authenticator(IEnumerable<IKeyBook> books, TimeProvider time)
{
    private readonly IKeyBook[] _books = [.. books];

    /// <summary>The key, if it is known, its secret is right, and it is neither revoked nor over.</summary>
    public ApiKey? Find(string? presented)
    {
        if (presented is null || !ApiKeyText.TryReadId(presented, out var id))
        {
            return null;
        }

        foreach (var book in _books)
        {
            if (book.Find(id) is { } key && ApiKeyText.Matches(presented, key.Hash) && key.IsValidAt(time.GetUtcNow()))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>Whether all keys there are can be known; until then one that is not found may yet be right.</summary>
    public bool HasReadKeys => _books.All(b => b.IsRead);

    /// <summary>Whether a key that was let in would be again.</summary>
    public bool IsStillValid(ApiKey key) => _books.Any(b => b.Find(key.Id)?.IsValidAt(time.GetUtcNow()) == true);
}

using DeltaEdge.Core.Access;
using DeltaEdge.Fabric.Keys;

namespace DeltaEdge.ComponentTests.Fabric.Keys;

/// <summary>Keys for tests.</summary>
internal static class TestKeys
{
    public static (ApiKey Key, string Text) New(Func<ApiKey, ApiKey>? with = null)
    {
        var (id, text) = ApiKeyText.Create();
        var key = new ApiKey { Id = id, Name = "test", Hash = ApiKeyText.Hash(text), CreatedAt = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero) };
        return (with?.Invoke(key) ?? key, text);
    }

    /// <summary>Adds a new key and returns it.</summary>
    public static async Task<(ApiKey Key, string Text)> AddNewAsync(this IKeyBook book, Func<ApiKey, ApiKey>? with = null)
    {
        var made = New(with);
        Assert.Equal(KeyOutcome.Done, await book.AddAsync(made.Key, CancellationToken.None));
        return made;
    }
}

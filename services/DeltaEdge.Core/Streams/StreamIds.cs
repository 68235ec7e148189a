using System.Runtime.InteropServices;

namespace DeltaEdge.Core.Streams;

/// <summary>What a stream may be called, and the short key that asks carry instead of the name.</summary>
public static class StreamIds
{
    public const string Allowed = "Allowed: 1 to 64 letters, digits, '.', '_' or '-'.";

    private const int MaxLength = 64;

    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaxLength && id is not ("." or "..") && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>A 64-bit hash of the id (FNV-1a over its UTF-16 bytes), the same in every process; never 0, which stands for no stream.</summary>
    public static ulong KeyOf(string id)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var b in MemoryMarshal.AsBytes(id.AsSpan()))
        {
            hash = (hash ^ b) * 0x100000001b3UL;
        }

        return hash == 0 ? 1 : hash;
    }
}

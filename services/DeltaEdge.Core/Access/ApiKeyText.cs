using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace DeltaEdge.Core.Access;

/// <summary>
/// A key as its holder has it: <c>de_ID_SECRET</c>, ID 12 hex digits, SECRET 32 random bytes in base64url. With that much randomness a
/// plain hash is as good as a slow one: there is no dictionary to try.
/// </summary>
public static class ApiKeyText
{
    public const string Prefix = "de_";

    private const int IdLength = 12;
    private const int SecretBytes = 32;
    private static readonly int Length = Prefix.Length + IdLength + 1 + Base64Url.GetEncodedLength(SecretBytes);

    /// <summary>A new key.</summary>
    public static (string Id, string Text) Create()
    {
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        return (id, $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>The id in what somebody presents as a key; false if it is none by its looks.</summary>
    public static bool TryReadId(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLength] != '_')
        {
            return false;
        }

        var digits = text.Slice(Prefix.Length, IdLength).ToString();
        if (!digits.All(char.IsAsciiHexDigitLower) || !Base64Url.IsValid(text[(Prefix.Length + IdLength + 1)..]))
        {
            return false;
        }

        id = digits;
        return true;
    }

    /// <summary>What is stored of it: SHA-256, lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.ToArray()), hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Whether the text is the key of that hash, in a time that does not tell how much of it is right.</summary>
    public static bool Matches(ReadOnlySpan<char> text, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(text)), Encoding.ASCII.GetBytes(hash));
}

using System.Buffers;
using System.Buffers.Text;
using System.Text;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Worker.Chat;

/// <summary>Bytes of a <c>data:image/…;base64,…</c> URL.</summary>
internal static class DataUrl
{
    public const string Allowed = "a base64 data URL, for example data:image/jpeg;base64,…";

    private static ReadOnlySpan<byte> Scheme => "data:"u8;

    private static ReadOnlySpan<byte> Encoding => ";base64"u8;

    public static bool IsOne(ReadOnlySpan<byte> url) => url.Length >= Scheme.Length && Ascii.EqualsIgnoreCase(url[..Scheme.Length], Scheme);

    /// <param name="url">UTF-8, in place: an image may be long, and a copy of it is as long.</param>
    /// <param name="param">Where it stands in the request, for the error.</param>
    public static Result<byte[]> Decode(ReadOnlySpan<byte> url, string param)
    {
        if (!IsOne(url))
        {
            return ApiError.Invalid(param, $"Images are not fetched from URLs here; send {Allowed}.", "image_url_not_allowed");
        }

        var comma = url.IndexOf((byte)',');
        if (comma < Encoding.Length || !Ascii.EqualsIgnoreCase(url[(comma - Encoding.Length)..comma], Encoding))
        {
            return ApiError.Invalid(param, $"The image's data URL is not base64; send {Allowed}.", "invalid_image");
        }

        var encoded = url[(comma + 1)..];
        if (encoded.IsEmpty)
        {
            return ApiError.Invalid(param, "The image is empty: its data URL holds 0 bytes.", "invalid_image");
        }

        var padding = encoded.EndsWith("=="u8) ? 2 : encoded.EndsWith("="u8) ? 1 : 0;
        var bytes = GC.AllocateUninitializedArray<byte>(Math.Max(0, Base64.GetMaxDecodedFromUtf8Length(encoded.Length) - padding));
        return Base64.DecodeFromUtf8(encoded, bytes, out _, out var written) == OperationStatus.Done
            ? written == bytes.Length ? bytes : bytes[..written]
            : ApiError.Invalid(param, "The image's base64 is malformed.", "invalid_image");
    }
}

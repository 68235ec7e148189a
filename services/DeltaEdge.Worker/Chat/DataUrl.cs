using System.Buffers.Text;
using System.Text;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.Worker.Chat;

/// <summary>Bytes of a <c>data:image/…;base64,…</c> URL.</summary>
internal static class DataUrl
{
    public const string Allowed = "a base64 data URL, for example data:image/jpeg;base64,…";

    public static Result<byte[]> Decode(string url, string param)
    {
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return ApiError.Invalid(param, $"Images are not fetched from URLs here; send {Allowed}.", "image_url_not_allowed");
        }

        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return ApiError.Invalid(param, $"The image's data URL is not base64; send {Allowed}.", "invalid_image");
        }

        var encoded = Encoding.ASCII.GetBytes(url, comma + 1, url.Length - comma - 1);
        if (encoded.Length == 0)
        {
            return ApiError.Invalid(param, "The image is empty: its data URL holds 0 bytes.", "invalid_image");
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        return Base64.DecodeFromUtf8(encoded, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            ? bytes[..written]
            : ApiError.Invalid(param, "The image's base64 is malformed.", "invalid_image");
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeltaEdge.Delivery.Sinks;

/// <summary>
/// What proves to a receiver who sent a body and when: HMAC-SHA256 over the time in Unix seconds, a point and the body, keyed with the
/// target's secret.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "x-deltaedge-signature";

    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(time + "."));
        hmac.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}

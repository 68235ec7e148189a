using DeltaEdge.Core.Wire;

namespace DeltaEdge.Gateway.Access;

/// <summary>Refusals at the door.</summary>
internal static class AccessErrors
{
    public static ApiError MissingKey { get; } =
        new(401, $"An API key is needed: send 'Authorization: Bearer KEY' or '{PresentedKey.Header}: KEY', one of them once.", "invalid_request_error", null, "missing_api_key");

    /// <summary>Unknown, wrong, revoked or over: which of them is nobody's business.</summary>
    public static ApiError InvalidKey { get; } = new(401, "This API key is not valid.", "invalid_request_error", null, "invalid_api_key");

    /// <summary>Not a failed attempt: the key may be right.</summary>
    public static ApiError KeysNotRead { get; } = ApiError.Overloaded(1, "This gateway has just started and has not read its API keys yet.") with { Code = "api_keys_not_read" };

    public static ApiError NotAllowed { get; } =
        new(403, "This API key may not see metrics or the fleet's status; a key made with 'deltaedge keys create --metrics' may.", "invalid_request_error", null, "insufficient_permissions");

    public static ApiError TooManyAttempts(int retryAfterSeconds) => RateLimited(retryAfterSeconds, "Too many requests from this address had no valid API key.");

    public static ApiError TooManyRequests(int retryAfterSeconds, double perSecond, int burst) => RateLimited(
        retryAfterSeconds, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"This API key may send {perSecond:0.###} requests a second, {burst} at once after a pause."));

    public static ApiError TooManyAtOnce(int most) => RateLimited(1, $"This API key may have {most} requests in flight.");

    private static ApiError RateLimited(int retryAfterSeconds, string message) => new(429, message, "rate_limit_error", null, "rate_limit_exceeded", retryAfterSeconds);
}

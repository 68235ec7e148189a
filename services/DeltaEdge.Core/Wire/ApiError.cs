namespace DeltaEdge.Core.Wire;

/// <summary>A refusal: what was wrong, what is allowed, and the status that says who should act. Product shapes as OpenAI's API has them.</summary>
public sealed record ApiError(int Status, string Message, string Type, string? Param, string? Code, int? RetryAfterSeconds = null)
{
    /// <summary>Whether nobody is to send the same request again: its time is over, and another try is only more load.</summary>
    public bool IsFinal { get; init; }

    public static ApiError Invalid(string param, string message, string code = "invalid_value") => new(400, message, "invalid_request_error", param, code);

    public static ApiError NotFound(string message, string code = "not_found") => new(404, message, "invalid_request_error", null, code);

    public static ApiError Conflict(string param, string message) => new(409, message, "invalid_request_error", param, "resource_in_use");

    public static ApiError TooLarge(string message) => new(413, message, "invalid_request_error", null, "request_too_large");

    public static ApiError UnsupportedMedia(string param, string message) => new(415, message, "invalid_request_error", param, "unsupported_media_type");

    public static ApiError Overloaded(int retryAfterSeconds, string message) => new(503, message, "server_error", null, "server_overloaded", retryAfterSeconds);

    public static ApiError DeadlineExceeded(string message) => new(504, message, "server_error", null, "deadline_exceeded") { IsFinal = true };

    public static ApiError Internal(string requestId) => new(500, $"The server failed on this request; its log names request {requestId}.", "server_error", null, "internal_error");

    public ApiErrorBody Body => new(new ApiErrorDetail(Message, Type, Param, Code));
}

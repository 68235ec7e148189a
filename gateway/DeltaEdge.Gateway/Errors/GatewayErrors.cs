using System.Globalization;
using DeltaEdge.Core.Wire;
using Yarp.ReverseProxy.Forwarder;

namespace DeltaEdge.Gateway.Errors;

/// <summary>What went wrong between client, gateway and worker, each with a code of its own.</summary>
internal static class GatewayErrors
{
    public static ApiError NoWorker(int retryAfterSeconds) =>
        ApiError.Overloaded(retryAfterSeconds, "No worker is available to take this request.") with { Code = "no_worker_available" };

    public static ApiError NoSuchStream(string streamId) => ApiError.NotFound($"There is no stream '{Shorten(streamId)}'.", "stream_not_found");

    public static ApiError StreamOwnerUnavailable(string streamId, int retryAfterSeconds) =>
        ApiError.Overloaded(retryAfterSeconds, $"Stream '{Shorten(streamId)}' has no owner now that can be reached.") with { Code = "stream_owner_unavailable" };

    public static ApiError SharedStateUnavailable(int retryAfterSeconds) =>
        ApiError.Overloaded(retryAfterSeconds, "Shared state is out of reach.") with { Code = "shared_state_unavailable" };

    public static ApiError TooManyReaders(int most, int retryAfterSeconds) =>
        ApiError.Overloaded(retryAfterSeconds, $"{most} readers follow streams through this gateway, the most that {GatewayOptions.SectionName}:MaxReaders allows.") with { Code = "too_many_readers" };

    public static ApiError BodyTookTooLong(TimeSpan limit) =>
        BodyTimeout(string.Create(CultureInfo.InvariantCulture, $"The request body did not arrive within {limit.TotalSeconds:0.###} s."));

    /// <summary>The answer to a forwarding that failed before the response began; null if there is nobody left to tell.</summary>
    /// <param name="error">What YARP says of it.</param>
    /// <param name="exception">What it saw, if anything.</param>
    /// <param name="retryAfterSeconds">For those that pass by themselves.</param>
    public static ApiError? Of(ForwarderError error, Exception? exception, int retryAfterSeconds) => error switch
    {
        ForwarderError.NoAvailableDestinations => NoWorker(retryAfterSeconds),
        ForwarderError.Request => Worker(502, "worker_unreachable", "The worker could not be reached."),
        ForwarderError.RequestTimedOut when exception is TimeoutException overdue => ApiError.DeadlineExceeded(overdue.Message),
        ForwarderError.RequestTimedOut => Worker(504, "worker_timeout", "The worker did not answer in time."),
        ForwarderError.RequestBodyClient => OfRequestBody(exception),
        ForwarderError.RequestBodyDestination => OfRequestBody(exception, Worker(502, "worker_connection_lost", "The connection to the worker broke while the request was sent.")),
        ForwarderError.ResponseHeaders => Worker(502, "worker_response_invalid", "The worker's response could not be understood."),
        ForwarderError.ResponseBodyDestination => Worker(502, "worker_connection_lost", "The connection to the worker broke while its response was read."),
        ForwarderError.RequestCreation => new(400, "The request cannot be forwarded as it is.", "invalid_request_error", null, "bad_request"),
        ForwarderError.None or ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient => null,
        _ => Worker(502, "worker_error", "The exchange with the worker failed."),
    };

    private static ApiError BodyTimeout(string message) => new(408, message, "invalid_request_error", null, "request_timeout");

    private static ApiError Worker(int status, string code, string message) => new(status, message, "server_error", null, code);

    /// <summary>A chunked body shows its length only while it is read, so that refusal comes from in here.</summary>
    private static ApiError OfRequestBody(Exception? exception, ApiError? otherwise = null)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                    return BodyTooLarge(null);
                case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                    return BodyTimeout("The request body came too slowly.");
            }
        }

        return otherwise ?? new(400, "The request body ended before it was complete.", "invalid_request_error", null, "request_body_incomplete");
    }

    public static ApiError BodyTooLarge(long? limit) =>
        ApiError.TooLarge(limit is { } bytes ? $"The request body is larger than the {bytes} bytes that this server accepts." : "The request body is larger than this server accepts.");

    private static string Shorten(string id) => id.Length <= 80 ? id : id[..80] + "…";
}

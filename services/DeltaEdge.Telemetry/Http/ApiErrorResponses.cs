using System.Globalization;
using DeltaEdge.Core.Wire;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.Telemetry.Http;

/// <summary>Writes refusals in OpenAI's error shape; every host's errors go through here.</summary>
public static class ApiErrorResponses
{
    /// <summary>Answers with the error, unless the response has begun.</summary>
    public static Task WriteAsync(HttpContext context, ApiError error)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        context.Response.StatusCode = error.Status;
        if (error.Status == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.Headers.Allow = allow;
        }

        if (error.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (error.IsFinal)
        {
            context.Response.Headers[EdgeHeaders.ShouldRetry] = "false";
        }

        return context.Response.WriteAsJsonAsync(error.Body, WireJson.Default.ApiErrorBody, contentType: null, context.RequestAborted);
    }

    /// <summary>The error for a status that a framework part set without a body: unknown route, wrong method, slow or oversized body.</summary>
    public static ApiError ForStatus(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => ApiError.NotFound($"Unknown route {context.Request.Method} {context.Request.Path}.", "unknown_route"),
        StatusCodes.Status405MethodNotAllowed => new ApiError(405, $"{context.Request.Path} does not take {context.Request.Method}.", "invalid_request_error", null, "method_not_allowed"),
        StatusCodes.Status408RequestTimeout => new ApiError(408, "The request body came too slowly.", "invalid_request_error", null, "request_timeout"),
        StatusCodes.Status413PayloadTooLarge => ApiError.TooLarge("The request body is larger than this server accepts."),
        StatusCodes.Status415UnsupportedMediaType => ApiError.UnsupportedMedia("content-type", "The body must be application/json."),
        _ => new ApiError(status, $"The request was refused with status {status}.", status < 500 ? "invalid_request_error" : "server_error", null, null),
    };
}

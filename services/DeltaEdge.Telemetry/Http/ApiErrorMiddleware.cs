using DeltaEdge.Core.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Telemetry.Http;

/// <summary>The outermost middleware of a host: gives the request an id and turns bare statuses and exceptions into OpenAI-shaped errors.</summary>
public sealed partial class ApiErrorMiddleware(RequestDelegate next, ILogger<ApiErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var id = RequestIds.Of(context);
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await ApiErrorResponses.WriteAsync(context, ApiErrorResponses.ForStatus(context, context.Response.StatusCode));
            }
        }
        catch (BadHttpRequestException e)
        {
            await ApiErrorResponses.WriteAsync(context, e.StatusCode is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge
                ? ApiErrorResponses.ForStatus(context, e.StatusCode)
                : new ApiError(e.StatusCode, "The request could not be read as HTTP.", "invalid_request_error", null, "bad_request"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Likewise, noticed while writing.
        }
#pragma warning disable CA1031 // The edge of the process: whatever escapes a request ends here, is logged, and harms no other request.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogRequestFailed(id, context.Request.Path, e);
            await ApiErrorResponses.WriteAsync(context, ApiError.Internal(id));
        }
    }

    [LoggerMessage(EventName = "RequestFailed", Level = LogLevel.Error, Message = "Request {RequestId} to {Path} failed")]
    private partial void LogRequestFailed(string requestId, string path, Exception exception);
}

using DeltaEdge.Core.Wire;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>Refusals of a worker that cannot reach shared state.</summary>
internal static class SharedStateErrors
{
    /// <summary>503, code <c>shared_state_unavailable</c>, to be tried again after a second.</summary>
    /// <param name="consequence">What that means for the stream, as a sentence that follows a colon.</param>
    public static ApiError Away(string consequence) =>
        ApiError.Overloaded(1, $"Shared state is out of reach: {consequence}") with { Code = "shared_state_unavailable" };
}

using DeltaEdge.Core.Access;

namespace DeltaEdge.Gateway.Access;

/// <summary>Whose request it is. Travels with the request as a feature where keys are on; without it everything may be seen.</summary>
internal sealed record Caller(ApiKey Key)
{
    /// <summary>Whether the request may see and change a stream that this tenant added.</summary>
    public static bool MaySeeStreamsOf(HttpContext context, string? tenant) => context.Features.Get<Caller>() is not { } caller || caller.Key.MaySeeStreamsOf(tenant);
}

using System.Collections.Immutable;
using Yarp.ReverseProxy.Configuration;

namespace DeltaEdge.Gateway.Routing;

/// <summary>What goes to workers. All of it to one cluster: which worker is decided per request.</summary>
internal static class ProxyRoutes
{
    public const string ClusterId = "workers";

    /// <summary>Route value that holds the stream's id.</summary>
    public const string StreamIdValue = "stream";

    /// <summary>Route value that holds what follows the stream's id.</summary>
    public const string RestValue = "rest";

    public static ImmutableArray<RouteConfig> All { get; } =
    [
        Route(RouteNames.Chat, "/v1/chat/completions", HttpMethods.Post),
        Route(RouteNames.Models, "/v1/models/{**model}", HttpMethods.Get),
        Route(RouteNames.StreamAdd, "/v1/streams", HttpMethods.Post),
        Route(RouteNames.Stream, $"/v1/streams/{{{StreamIdValue}}}/{{**{RestValue}}}"),
    ];

    private static RouteConfig Route(string id, string path, params string[] methods) => new()
    {
        RouteId = id,
        ClusterId = ClusterId,
        Match = new RouteMatch { Path = path, Methods = methods.Length == 0 ? null : methods },
    };
}

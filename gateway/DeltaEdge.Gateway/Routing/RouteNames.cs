namespace DeltaEdge.Gateway.Routing;

/// <summary>Route ids of the proxy, and the values of the metrics' <c>route</c> label.</summary>
internal static class RouteNames
{
    public const string Chat = "chat";
    public const string Models = "models";
    public const string StreamAdd = "stream_add";
    public const string Stream = "stream";
    public const string StreamList = "stream_list";
    public const string StreamAnswers = "stream_answers";
    public const string StreamEvents = "stream_events";
    public const string Status = "status";

    /// <summary>Page, health, metrics, and whatever else the host maps.</summary>
    public const string Other = "other";

    /// <summary>No route at all.</summary>
    public const string None = "none";
}

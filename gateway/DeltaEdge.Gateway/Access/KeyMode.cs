namespace DeltaEdge.Gateway.Access;

public enum KeyMode
{
    /// <summary>Every request needs an API key, but for probes and the page's files.</summary>
    Required = 0,

    /// <summary>Whoever reaches the gateway is served.</summary>
    Off = 1,
}

namespace DeltaEdge.Gateway.Access;

/// <summary>Endpoint metadata: who may use it. An endpoint without it is for every key.</summary>
internal sealed record RouteAccess(RouteAccess.Audience For)
{
    public enum Audience
    {
        /// <summary>No key needed.</summary>
        Everyone = 0,

        /// <summary>Keys that may see metrics; everyone where metrics are open.</summary>
        Metrics = 1,

        /// <summary>Keys that may see metrics.</summary>
        Operators = 2,
    }
}

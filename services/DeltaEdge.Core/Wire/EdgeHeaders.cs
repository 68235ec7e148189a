namespace DeltaEdge.Core.Wire;

/// <summary>Headers between clients, gateway and workers. What only a gateway may say is taken off every request that comes from outside.</summary>
public static class EdgeHeaders
{
    /// <summary>Gateway to worker: the fleet's secret, which shows that a gateway is asking.</summary>
    public const string GatewaySecret = "x-deltaedge-gateway-secret";

    /// <summary>Gateway to worker: id of the API key that asks; absent where keys are off.</summary>
    public const string Tenant = "x-deltaedge-tenant";

    /// <summary>Gateway to worker: SLA class of a request that names none.</summary>
    public const string KeyClass = "x-deltaedge-key-class";

    /// <summary>Gateway to worker: SLA classes the key may name, separated by commas; absent if all.</summary>
    public const string AllowedClasses = "x-deltaedge-allowed-classes";

    /// <summary>Gateway to worker: milliseconds since the ask came that its deadline has lost: taking in its body, and an earlier attempt.</summary>
    public const string ElapsedMs = "x-deltaedge-elapsed-ms";

    /// <summary>Worker to gateway: this worker is going; another may serve the request.</summary>
    public const string Draining = "x-deltaedge-draining";

    /// <summary>From clients: SLA class of the request. A class in the body wins.</summary>
    public const string SlaClass = "x-deltaedge-sla-class";

    /// <summary>From clients: deadline in milliseconds after arrival. A deadline in the body wins.</summary>
    public const string DeadlineMs = "x-deltaedge-deadline-ms";

    /// <summary>From clients: the same, by the name that llm-d gives it; the header above wins.</summary>
    public const string SloTtftMs = "x-llm-d-slo-ttft-ms";

    /// <summary>To clients: how often the gateway sent the ask again before it was answered.</summary>
    public const string Retried = "x-deltaedge-retried";

    /// <summary>To clients: whether the same request may have better luck. OpenAI's clients ask twice more after any 5xx unless it is false.</summary>
    public const string ShouldRetry = "x-should-retry";

    /// <summary>What only a gateway may say.</summary>
    public static IReadOnlyList<string> FromGatewayOnly { get; } = [GatewaySecret, Tenant, KeyClass, AllowedClasses, ElapsedMs];
}

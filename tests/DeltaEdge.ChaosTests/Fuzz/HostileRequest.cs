namespace DeltaEdge.ChaosTests.Fuzz;

/// <summary>One request that means no good.</summary>
/// <param name="Kind">What part it is aimed at.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">With its query, escaped.</param>
/// <param name="Body">Null for none.</param>
/// <param name="Headers">Sent without validation.</param>
internal sealed record HostileRequest(string Kind, HttpMethod Method, string Path, byte[]? Body = null, params (string Name, string Value)[] Headers);

namespace DeltaEdge.Telemetry.Net;

/// <summary>A name leads to where only this machine, its site or its cloud can go, and that is not allowed. Nothing was connected.</summary>
public sealed class AddressRefusedException(string message) : IOException(message);

namespace DeltaEdge.Delivery.Net;

/// <summary>A target's name leads only to addresses that may not be reached.</summary>
public sealed class AddressRefusedException(string message) : IOException(message);

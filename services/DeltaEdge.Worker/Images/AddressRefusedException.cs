namespace DeltaEdge.Worker.Images;

/// <summary>A URL leads to where only this machine, its site or its cloud can go. Nothing was connected.</summary>
internal sealed class AddressRefusedException : IOException;

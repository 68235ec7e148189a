namespace DeltaEdge.Core.Models;

/// <summary>A model manifest cannot be used; the message names the key.</summary>
public sealed class ManifestException(string message, Exception? innerException = null) : Exception(message, innerException);

namespace DeltaEdge.Cli.Load;

/// <summary>A ready request body: encoding it must not be part of what is timed.</summary>
/// <param name="Body">JSON of a chat completion request.</param>
internal sealed record LoadItem(byte[] Body);

namespace DeltaEdge.Cli.Up;

/// <param name="Model">Folder of the model package.</param>
/// <param name="Host">Address the gateway listens on.</param>
/// <param name="Port">Port of the gateway; 0 takes a free one.</param>
/// <param name="Configuration">Settings over the defaults, by key: <c>DeltaEdge:Engine:Policy</c> and the like.</param>
internal sealed record EmbeddedOptions(string Model, string Host, int Port, IReadOnlyDictionary<string, string?> Configuration);

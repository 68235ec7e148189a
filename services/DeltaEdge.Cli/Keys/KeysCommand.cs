using System.CommandLine;

namespace DeltaEdge.Cli.Keys;

/// <summary><c>deltaedge keys</c>: API keys of a fleet's gateways.</summary>
internal static class KeysCommand
{
    public static Command Create() => new(
        "keys",
        "Make, list and revoke API keys. Gateways see a change within a second. Example: deltaedge keys create dock-cameras --class priority --file keys.json (or --redis HOST:6379 for a fleet with Redis)")
    {
        CreateKeyCommand.Create(),
        ListKeysCommand.Create(),
        RevokeKeyCommand.Create(),
    };
}

using System.CommandLine;

namespace DeltaEdge.Cli.Keys;

/// <summary><c>deltaedge keys</c>: API keys of a fleet's gateways.</summary>
internal static class KeysCommand
{
    public static Command Create() => new(
        "keys",
        "Make, list and revoke API keys. Gateways see a change within a second. Example: deltaedge keys create dock-cameras --redis 127.0.0.1:6379 --class priority")
    {
        CreateKeyCommand.Create(),
        ListKeysCommand.Create(),
        RevokeKeyCommand.Create(),
    };
}

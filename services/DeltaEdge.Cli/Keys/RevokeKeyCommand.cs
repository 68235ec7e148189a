using System.CommandLine;
using DeltaEdge.Fabric.Keys;

namespace DeltaEdge.Cli.Keys;

/// <summary><c>deltaedge keys revoke</c>: for good.</summary>
internal static class RevokeKeyCommand
{
    public static Command Create()
    {
        var store = new KeyStoreOptions();
        var id = new Argument<string>("id") { Description = "The key's id, as 'deltaedge keys list' shows it." };
        var command = new Command("revoke", "End a key for good; gateways refuse it within a second. Example: deltaedge keys revoke 0a1b2c3d4e5f --redis 127.0.0.1:6379") { id };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => store.RunAsync(parsed, async book =>
        {
            var which = parsed.GetValue(id)!;
            if (await book.RevokeAsync(which, cancellation) is not KeyOutcome.Done and var outcome)
            {
                await Console.Error.WriteLineAsync(KeyStoreOptions.Failure(outcome, which));
                return 1;
            }

            Console.WriteLine($"Key {which} is revoked.");
            return 0;
        }, cancellation));
        return command;
    }
}

using System.CommandLine;
using System.Globalization;
using DeltaEdge.Core.Access;

namespace DeltaEdge.Cli.Keys;

/// <summary><c>deltaedge keys list</c>.</summary>
internal static class ListKeysCommand
{
    public static Command Create()
    {
        var store = new KeyStoreOptions();
        var command = new Command("list", "Show all keys, never their secrets. Example: deltaedge keys list --redis 127.0.0.1:6379");
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => store.RunAsync(parsed, book =>
        {
            Console.WriteLine("id            state    created     class     allowed           rate  burst  flight  sees     name");
            foreach (var key in book.All.OrderBy(k => k.CreatedAt))
            {
                Console.WriteLine(Line(key, TimeProvider.System.GetUtcNow()));
            }

            return Task.FromResult(0);
        }, cancellation));
        return command;
    }

    private static string Line(ApiKey key, DateTimeOffset now)
    {
        var state = key switch
        {
            { IsRevoked: true } => "revoked",
            _ => key.IsValidAt(now) ? "valid" : "expired",
        };
        var sees = key switch
        {
            { IsAdmin: true } => "all",
            _ => key.SeesMetrics ? "metrics" : "own",
        };
        var allowed = key.AllowedClasses.IsEmpty ? "all" : string.Join(',', key.AllowedClasses);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Id,-12}  {state,-7}  {key.CreatedAt:yyyy-MM-dd}  {key.SlaClass ?? "default",-8}  {allowed,-14}  {key.RequestsPerSecond,6:0.###}  {key.Burst,5}  {key.Concurrency,6}  {sees,-7}  {key.Name}");
    }
}

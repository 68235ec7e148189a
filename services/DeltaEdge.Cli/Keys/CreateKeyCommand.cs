using System.CommandLine;
using DeltaEdge.Core.Access;
using DeltaEdge.Fabric.Keys;

namespace DeltaEdge.Cli.Keys;

/// <summary><c>deltaedge keys create</c>: prints the key once; what is stored cannot give it back.</summary>
internal sealed class CreateKeyCommand
{
    private const int LongestName = 100;
    private const int MostRequests = 1_000_000;

    private static readonly ApiKey Defaults = new() { Id = "", Name = "", Hash = "", CreatedAt = default };

    private readonly KeyStoreOptions _store = new();
    private readonly Argument<string> _name = new("name") { Description = "Whom or what the key is for." };
    private readonly Option<string?> _class = new("--class") { Description = "SLA class of requests that name none; left out: the default class." };
    private readonly Option<string[]> _allow = new("--allow") { Description = "SLA class that requests may name; give it several times. Left out: all.", DefaultValueFactory = _ => [] };
    private readonly Option<double> _rate = new("--rate") { Description = "Requests a second over time, at each gateway.", DefaultValueFactory = _ => Defaults.RequestsPerSecond };
    private readonly Option<int> _burst = new("--burst") { Description = "Requests at once after a pause.", DefaultValueFactory = _ => Defaults.Burst };
    private readonly Option<int> _concurrency = new("--concurrency") { Description = "Requests in flight, event streams included.", DefaultValueFactory = _ => Defaults.Concurrency };
    private readonly Option<int?> _days = new("--days") { Description = "Days until it expires; left out: it does not." };
    private readonly Option<bool> _metrics = new("--metrics") { Description = "May read /metrics and /v1/status." };
    private readonly Option<bool> _admin = new("--admin") { Description = "May do that, and see and change every key's streams." };

    public static Command Create()
    {
        var it = new CreateKeyCommand();
        var command = new Command("create", "Make a key; it is shown once. Example: deltaedge keys create ward-3 --class priority --allow priority --allow flex --rate 5 --days 90 --file keys.json. A fleet with Redis: --redis HOST:6379 instead of --file")
        {
            it._name, it._class, it._allow, it._rate, it._burst, it._concurrency, it._days, it._metrics, it._admin,
        };
        it._store.AddTo(command);
        command.SetAction(it.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (id, text) = ApiKeyText.Create();
        var now = TimeProvider.System.GetUtcNow();
        var key = new ApiKey
        {
            Id = id,
            Name = parsed.GetValue(_name)!,
            Hash = ApiKeyText.Hash(text),
            CreatedAt = now,
            ExpiresAt = parsed.GetValue(_days) is { } days ? now.AddDays(Math.Clamp(days, 0, 36_500)) : null,
            SlaClass = parsed.GetValue(_class),
            AllowedClasses = [.. parsed.GetValue(_allow)!],
            RequestsPerSecond = parsed.GetValue(_rate),
            Burst = parsed.GetValue(_burst),
            Concurrency = parsed.GetValue(_concurrency),
            SeesMetrics = parsed.GetValue(_metrics),
            IsAdmin = parsed.GetValue(_admin),
        };
        if (Wrong(key) is { } wrong)
        {
            await Console.Error.WriteLineAsync(wrong);
            return 1;
        }

        return await _store.RunAsync(parsed, async book =>
        {
            if (await book.AddAsync(key, cancellationToken) is not KeyOutcome.Done and var outcome)
            {
                await Console.Error.WriteLineAsync(KeyStoreOptions.Failure(outcome, id));
                return 1;
            }

            Console.WriteLine(text);
            await Console.Error.WriteLineAsync($"Key '{key.Name}' has the id {id}. It is shown only now: keep it where you keep passwords. Send it as 'Authorization: Bearer KEY'.");
            return 0;
        }, cancellationToken);
    }

    private static string? Wrong(ApiKey key) => key switch
    {
        { Name.Length: 0 or > LongestName } => $"The name must have 1 to {LongestName} characters.",
        _ when key.Name.Any(char.IsControl) => "The name must not hold control characters.",
        _ when key.AllowedClasses.Append(key.SlaClass ?? "default").Any(c => !IsClassName(c)) => "An SLA class is 1 to 64 letters, digits, '.', '_' or '-'.",
        _ when key is { SlaClass: { } own, AllowedClasses.Length: > 0 } && !key.AllowedClasses.Contains(own) => $"--class {own} is not among those that --allow names: {string.Join(", ", key.AllowedClasses)}.",
        { RequestsPerSecond: not (>= 0.001 and <= MostRequests) } => $"--rate must be from 0.001 to {MostRequests}.",
        { Burst: < 1 or > MostRequests } => $"--burst must be from 1 to {MostRequests}.",
        { Concurrency: < 1 or > MostRequests } => $"--concurrency must be from 1 to {MostRequests}.",
        _ when key.ExpiresAt <= key.CreatedAt => "--days must be at least 1.",
        _ => null,
    };

    private static bool IsClassName(string name) => name.Length is >= 1 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}

using System.CommandLine;
using DeltaEdge.Core.Access;
using DeltaEdge.Fabric;
using DeltaEdge.Fabric.Keys;

namespace DeltaEdge.Cli.Keys;

/// <summary>Where keys are kept, as a command's options or the environment say; the same settings as a gateway's.</summary>
internal sealed class KeyStoreOptions
{
    private readonly Option<string?> _redis = new("--redis") { Description = "Redis of the fleet, host:port; default: DeltaEdge__Fabric__ConnectionString where DeltaEdge__Fabric__Mode is Redis." };
    private readonly Option<string?> _file = new("--file") { Description = "Key file of gateways without Redis; default: DeltaEdge__Fabric__KeyFile." };
    private readonly Option<string?> _prefix = new("--prefix") { Description = "What the fleet's Redis keys start with; default: DeltaEdge__Fabric__KeyPrefix, else deltaedge." };

    public void AddTo(Command command)
    {
        command.Options.Add(_redis);
        command.Options.Add(_file);
        command.Options.Add(_prefix);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(_redis) is not null && parsed.GetValue(_file) is not null)
            {
                parsed.AddError("Say --redis or --file, not both: keys are in one place.");
            }
        });
    }

    /// <summary>Runs on the opened store and closes it; 1 and a word on what is missing if it cannot be opened.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<IKeyBook, Task<int>> action, CancellationToken cancellationToken)
    {
        var configuration = Configuration(parsed);
        var fabric = configuration.GetSection(FabricOptions.SectionName);
        var isRedis = nameof(FabricMode.Redis).Equals(fabric[nameof(FabricOptions.Mode)], StringComparison.OrdinalIgnoreCase);
        if (!isRedis && string.IsNullOrEmpty(fabric[nameof(FabricOptions.KeyFile)]))
        {
            await Console.Error.WriteLineAsync("Say where the keys are kept: --redis HOST:PORT or --file PATH, the same that the gateways use.");
            return 1;
        }

        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton<IConfiguration>(configuration).AddFabric(configuration).AddKeyBook(configuration).BuildServiceProvider();
        var book = services.GetRequiredService<IKeyBook>();
        if (await book.OpenAsync(cancellationToken))
        {
            return await action(book);
        }

        await Console.Error.WriteLineAsync(isRedis ? "Redis cannot be reached; check --redis." : $"The key file {fabric[nameof(FabricOptions.KeyFile)]} cannot be read, or holds something else.");
        return 1;
    }

    /// <summary>A line for an outcome that is no success.</summary>
    public static string Failure(KeyOutcome outcome, string id) => outcome switch
    {
        KeyOutcome.Unknown => $"There is no key '{id}'; 'deltaedge keys list' shows those there are.",
        KeyOutcome.Exists => $"The id '{id}' is taken; try again.",
        _ => "The store is out of reach, or another process is writing to it; nothing was changed.",
    };

    private IConfigurationRoot Configuration(ParseResult parsed)
    {
        var told = new Dictionary<string, string?>();
        void Tell(string key, string? value) => told[$"{FabricOptions.SectionName}:{key}"] = value;
        if (parsed.GetValue(_redis) is { } redis)
        {
            Tell(nameof(FabricOptions.Mode), nameof(FabricMode.Redis));
            Tell(nameof(FabricOptions.ConnectionString), redis);
        }

        if (parsed.GetValue(_file) is { } file)
        {
            Tell(nameof(FabricOptions.Mode), nameof(FabricMode.InProcess));
            Tell(nameof(FabricOptions.KeyFile), file);
        }

        if (parsed.GetValue(_prefix) is { } prefix)
        {
            Tell(nameof(FabricOptions.KeyPrefix), prefix);
        }

        return new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(told).Build();
    }
}

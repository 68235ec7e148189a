using System.Globalization;
using System.Security.Cryptography;
using DeltaEdge.Cli.Roles;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Cluster;

/// <summary>
/// A cluster on this machine: redis-server, workers, gateways and controllers as real processes on free ports, wired by environment
/// variables as an operator would wire them.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(40);

    private readonly ClusterOptions _options;
    private readonly List<RoleProcess> _roles = [];

    private LocalCluster(ClusterOptions options) => _options = options;

    /// <summary>What shows a worker that its gateway, or whoever operates it, is asking.</summary>
    public string Secret { get; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>The Redis that was started; null if one was named in the options.</summary>
    public RedisProcess? Redis { get; private set; }

    public IReadOnlyList<RoleProcess> Roles => _roles;

    public IReadOnlyList<RoleProcess> Workers => Of(RoleCommands.Worker);

    public IReadOnlyList<RoleProcess> Gateways => Of(RoleCommands.Gateway);

    public IReadOnlyList<RoleProcess> Controllers => Of(RoleCommands.Controller);

    /// <summary>Returns when every process is ready.</summary>
    /// <exception cref="InvalidOperationException">One did not start; the message says which and what it printed. What had started is stopped.</exception>
    public static async Task<LocalCluster> StartAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Folder);
        var cluster = new LocalCluster(options);
        try
        {
            cluster.Redis = options.Redis is null ? await RedisProcess.StartAsync(options.Folder, cancellationToken) : null;
            await cluster.StartRolesAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more process and returns when it is ready.</summary>
    /// <param name="role">A role of <see cref="RoleCommands"/>.</param>
    /// <param name="name">Of the process; a worker's id.</param>
    /// <param name="environment">Further environment variables; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<RoleProcess> AddAsync(string role, string name, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        var one = Start(role, name, environment);
        await one.WaitReadyAsync(cancellationToken);
        return one;
    }

    /// <summary>Ends one process at once, as a crash would, and forgets it.</summary>
    public async Task LoseAsync(RoleProcess role)
    {
        _roles.Remove(role);
        await role.DisposeAsync();
    }

    /// <summary>Stops all in order, as an operator would: each finishes what it has begun.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAll(_roles.Select(r => r.StopAsync(StopLimit)));
        if (Redis is not null)
        {
            await Redis.KillAsync();
        }
    }

    /// <summary>Ends all at once.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var role in _roles.ToArray())
        {
            await role.DisposeAsync();
        }

        if (Redis is not null)
        {
            await Redis.DisposeAsync();
        }
    }

    private async Task StartRolesAsync(CancellationToken cancellationToken)
    {
        // The first worker compiles the model and measures it if that was not done before; the others find both done.
        for (var i = 1; i <= _options.Workers; i++)
        {
            var worker = Start(RoleCommands.Worker, $"worker-{i}", null);
            if (i == 1)
            {
                await worker.WaitReadyAsync(cancellationToken);
            }
        }

        for (var i = 1; i <= _options.Controllers; i++)
        {
            Start(RoleCommands.Controller, $"controller-{i}", null);
        }

        for (var i = 1; i <= _options.Gateways; i++)
        {
            Start(RoleCommands.Gateway, $"gateway-{i}", null);
        }

        await Task.WhenAll(_roles.Select(r => r.WaitReadyAsync(cancellationToken)));
    }

    private RoleProcess Start(string role, string name, IReadOnlyDictionary<string, string>? environment)
    {
        var port = role == RoleCommands.Gateway && Gateways.Count == 0 ? _options.Port : 0;
        var all = new Dictionary<string, string>();
        foreach (var (key, value) in Settings(role, name).Concat(_options.Settings))
        {
            all[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        var one = RoleProcess.Start(name, role, port, all, _options.Folder);
        _roles.Add(one);
        return one;
    }

    private Dictionary<string, string> Settings(string role, string name)
    {
        var settings = new Dictionary<string, string>
        {
            ["DeltaEdge:Fabric:Mode"] = "Redis",
            ["DeltaEdge:Fabric:ConnectionString"] = _options.Redis ?? Redis!.ConnectionString,
            ["DeltaEdge:Fabric:GatewaySecret"] = Secret,
        };
        if (role == RoleCommands.Worker)
        {
            settings["DeltaEdge:Worker:Id"] = name;
            settings["DeltaEdge:Worker:ModelPath"] = _options.Model;
            settings["DeltaEdge:Delivery:Directory"] = Path.Combine(_options.Folder, "outbox", name);
            settings["DeltaEdge:Streams:AllowedDirectories:0"] = ModelLocation.Clips(_options.Model);
            settings["DeltaEdge:Engine:Threads"] = Math.Max(1, Environment.ProcessorCount / Math.Max(1, _options.Workers)).ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }

    private RoleProcess[] Of(string role) => [.. _roles.Where(r => r.Role == role && !r.HasExited)];
}

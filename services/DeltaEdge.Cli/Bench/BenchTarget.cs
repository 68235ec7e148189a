using System.Globalization;
using System.Text.Json;
using DeltaEdge.Cli.Cluster;
using DeltaEdge.Cli.Up;
using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Workloads;
using DeltaEdge.Inference.Asking;

namespace DeltaEdge.Cli.Bench;

/// <summary>The system a run goes to: one that runs already, or one started for this run under the policy that is measured.</summary>
internal sealed class BenchTarget : IAsyncDisposable
{
    /// <summary>Encoded frames that a worker started here may keep: images come round again, live frames do not.</summary>
    private const int KeptFrameBytes = 16 << 20;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly EmbeddedSystem? _system;
    private readonly LocalCluster? _cluster;

    private BenchTarget(Uri gateway, MonotonicClock clock, EmbeddedSystem? system = null, LocalCluster? cluster = null) =>
        (Gateway, Clock, _system, _cluster) = (gateway, clock, system, cluster);

    public Uri Gateway { get; }

    public MonotonicClock Clock { get; }

    /// <summary>The engine of an embedded system; null of one that runs elsewhere.</summary>
    public IVisionEngine? Engine => _system?.Engine;

    /// <summary>Whether the system goes by this machine's wall clock.</summary>
    public bool SharesClock => _system is not null || _cluster is not null;

    public static BenchTarget Running(Uri gateway) => new(gateway, new MonotonicClock(TimeProvider.System));

    /// <param name="model">Model package.</param>
    /// <param name="settings">Of the policy.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<BenchTarget> StartAsync(string model, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var system = await EmbeddedSystem.StartAsync(new EmbeddedOptions(model, "127.0.0.1", 0, SettingsOf(settings)), cancellationToken);
        return new(system.Gateway, system.Clock, system: system);
    }

    /// <summary>Redis, workers, a gateway and a controller, each in a process of its own on this machine.</summary>
    /// <param name="model">Model package.</param>
    /// <param name="workers">How many.</param>
    /// <param name="settings">Of the policy.</param>
    /// <param name="logs">Folder for a log per process.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<BenchTarget> StartClusterAsync(
        string model, int workers, IReadOnlyDictionary<string, string?> settings, string logs, CancellationToken cancellationToken)
    {
        var options = new ClusterOptions
        {
            Model = model,
            Folder = Path.GetFullPath(logs),
            Workers = workers,
            Gateways = 1,
            Settings = SettingsOf(settings).ToDictionary(s => s.Key, s => s.Value ?? ""),
        };
        var cluster = await LocalCluster.StartAsync(options, cancellationToken);
        var target = new BenchTarget(cluster.Gateways[0].Address, new MonotonicClock(TimeProvider.System), cluster: cluster);
        try
        {
            await target.WaitForWorkersAsync(workers, cancellationToken);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs something while a cluster is without what the workload takes from it; completes when both are over. Whichever fails ends the other.</summary>
    public async Task<T> DisturbWhileAsync<T>(Workload workload, Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        if (_cluster is null)
        {
            return await run(cancellationToken);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (running, disturbing) = (run(ended.Token), new BenchFaults(_cluster, Clock).ApplyAsync(workload, ended.Token));
        try
        {
            var first = await Task.WhenAny(running, disturbing);
            await first;
            await disturbing;
            return await running;
        }
        finally
        {
            // What still starts or stops processes must not meet the cluster's end.
            await ended.CancelAsync();
            await Task.WhenAll(running, disturbing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks per second that the fleet's own profiles promise at the largest budget, one question a frame.</summary>
    /// <exception cref="InvalidOperationException">The address does not say so; the message holds why.</exception>
    public static async Task<double> CapacityAsync(HttpClient http, Uri gateway, CancellationToken cancellationToken)
    {
        var perSecond = await OfWorkersAsync(http, gateway, workers => workers.Sum(worker => CapacityOf(worker.GetProperty("profile"))), cancellationToken);
        return perSecond > 0 ? perSecond : throw new InvalidOperationException($"{gateway} does not answer as DeltaEdge would: it has no worker yet.");
    }

    /// <summary>Models and policies of the fleet, in words: what tells its results from another system's at the same address.</summary>
    /// <exception cref="InvalidOperationException">The address does not say so; the message holds why.</exception>
    public static Task<string> ServesAsync(HttpClient http, Uri gateway, CancellationToken cancellationToken) => OfWorkersAsync(
        http,
        gateway,
        workers => string.Join(", ", workers.Select(worker => $"{worker.GetProperty("model").GetString()} under {(worker.TryGetProperty("policy", out var policy) ? policy.GetString() : "a policy that it does not name")}").Distinct().Order(StringComparer.Ordinal)),
        cancellationToken);

    /// <summary>A gateway is ready when it has read shared state once, which may be before the last worker is in it.</summary>
    private async Task WaitForWorkersAsync(int workers, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        while (await OfWorkersAsync(http, Gateway, all => all.Count(), cancellationToken) < workers)
        {
            await Task.Delay(Look, Clock.Provider, cancellationToken);
        }
    }

    private static async Task<T> OfWorkersAsync<T>(HttpClient http, Uri gateway, Func<IEnumerable<JsonElement>, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using var status = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(gateway, "/v1/status"), cancellationToken));
            return read(status.RootElement.GetProperty("workers").EnumerateArray());
        }
        catch (KeyNotFoundException e)
        {
            throw new InvalidOperationException($"{gateway} does not answer as DeltaEdge would: its /v1/status does not say what its workers are.", e);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new InvalidOperationException($"{gateway} does not answer as DeltaEdge would: {e.Message}", e);
        }
    }

    private static double CapacityOf(JsonElement profile) => 1 / (profile.GetProperty("frame_seconds").GetDouble() + profile.GetProperty("prefix_seconds")[0].GetDouble()
        + profile.GetProperty("question_seconds").GetDouble() + (2 * profile.GetProperty("decode_step_seconds")[0].GetDouble()));

    public ValueTask DisposeAsync() => _system?.DisposeAsync() ?? _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Dictionary<string, string?> SettingsOf(IReadOnlyDictionary<string, string?> policy) =>
        new(policy) { ["DeltaEdge:Engine:EncoderCacheBytes"] = KeptFrameBytes.ToString(CultureInfo.InvariantCulture) };
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.Cli.Cluster;
using DeltaEdge.Cli.Roles;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>A cluster of real processes for one test: ways to hurt it, and its API and metrics.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private ChaosCluster(LocalCluster local) => Local = local;

    public LocalCluster Local { get; }

    public RedisProcess Redis => Local.Redis!;

    public Uri Gateway => Local.Gateways[0].Address;

    public IReadOnlyList<Uri> Gateways => [.. Local.Gateways.Select(g => g.Address)];

    /// <summary>Starts it; its logs are in <c>artifacts/chaos/logs/(test)</c>.</summary>
    /// <param name="change">Changes to the options: two workers, two gateways, one controller.</param>
    public static async Task<ChaosCluster> StartAsync(Func<ClusterOptions, ClusterOptions>? change = null)
    {
        var test = TestContext.Current.TestMethod?.MethodName ?? "cluster";
        var folder = Path.Combine(Findings.Folder, "logs", test);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var options = new ClusterOptions { Model = Repository.Model, Folder = folder };
        options = change is null ? options : change(options);
        var cluster = new ChaosCluster(await LocalCluster.StartAsync(options, TestContext.Current.CancellationToken));
        await cluster.WaitForWorkersAsync(options.Workers);
        return cluster;
    }

    /// <summary>Returns when every gateway knows of exactly so many live workers.</summary>
    public Task<TimeSpan> WaitForWorkersAsync(int count)
    {
        var seen = "";
        return Wait.UntilAsync(async () =>
        {
            foreach (var gateway in Gateways)
            {
                var status = await GetAsync(gateway, "/v1/status");
                seen = $"{gateway} {status}";
                if (status.ValueKind != JsonValueKind.Object || status.GetProperty("workers").GetArrayLength() != count)
                {
                    return false;
                }
            }

            return true;
        }, () => $"{count} workers at every gateway; the last status was {seen}");
    }

    public RoleProcess Worker(string id) => Local.Workers.Single(w => w.Name == id);

    public Task<RoleProcess> AddWorkerAsync(string id, IReadOnlyDictionary<string, string>? environment = null) =>
        Local.AddAsync(RoleCommands.Worker, id, environment, TestContext.Current.CancellationToken);

    /// <summary>Registers a camera and returns what the API says.</summary>
    public async Task<JsonElement> AddStreamAsync(JsonObject spec)
    {
        using var response = await _http.PostAsJsonAsync(new Uri(Gateway, "/v1/streams"), spec);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 201, $"Stream {spec["id"]} was refused with {(int)response.StatusCode}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    public async Task RemoveStreamAsync(string id)
    {
        using var response = await _http.DeleteAsync(new Uri(Gateway, $"/v1/streams/{id}"));
        Assert.True(response.IsSuccessStatusCode, $"Removing {id}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>GET of a path; undefined if the answer is not a success or does not come.</summary>
    public async Task<JsonElement> GetAsync(Uri gateway, string path)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(gateway, path));
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : default;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or IOException)
        {
            return default;
        }
    }

    public Task<JsonElement> GetAsync(string path) => GetAsync(Gateway, path);

    /// <summary>Sum of an instrument's series that have all of these labels, as <c>name="value"</c>; NaN if there is none or no answer.</summary>
    public async Task<double> MetricAsync(RoleProcess process, string name, params string[] labels)
    {
        string text;
        try
        {
            text = await _http.GetStringAsync(new Uri(process.Address, "/metrics"));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return double.NaN;
        }

        var values = text.Split('\n')
            .Where(l => (l.StartsWith(name + "{", StringComparison.Ordinal) || l.StartsWith(name + " ", StringComparison.Ordinal)) && labels.All(label => l.Contains(label, StringComparison.Ordinal)))
            .Select(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))
            .ToArray();
        return values.Length == 0 ? double.NaN : values.Sum();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Local.DisposeAsync();
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeltaEdge.EndToEndTests.Fixtures;

/// <summary>A real Prometheus on a free port that scrapes one address every second.</summary>
internal sealed partial class PrometheusServer : IAsyncDisposable
{
    private const string Executable = "prometheus";

    /// <summary>It listens before it is, and refuses queries until then.</summary>
    private const string Ready = "Server is ready to receive web requests";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-prometheus-");
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];
    private Process? _process;
    private HttpClient? _http;

    public static void SkipIfMissing() => Prerequisite.RequireProgram(Executable, "prometheus");

    /// <param name="target">What to scrape.</param>
    /// <param name="rules">Folder of rule files.</param>
    /// <param name="relabelling">A file with <c>metric_relabel_configs</c>, for a second job that scrapes the same.</param>
    public static async Task<PrometheusServer> StartAsync(Uri target, string rules, string relabelling)
    {
        var server = new PrometheusServer();
        try
        {
            await server.RunAsync(target, rules, relabelling);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Values of an instant query; empty if it has no data.</summary>
    public async Task<IReadOnlyList<double>> QueryAsync(string promql, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent([new("query", promql)]);
        using var response = await _http!.PostAsync("/api/v1/query", content, cancellationToken);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        Assert.True(response.IsSuccessStatusCode, $"{promql}\n{body.RootElement}");
        return [.. body.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(r => double.Parse(r.GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>Each rule's name, health (unknown before it was evaluated, ok, err) and last error.</summary>
    public async Task<IReadOnlyList<(string Name, string Health, string? Error)>> RulesAsync(CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await _http!.GetStringAsync("/api/v1/rules", cancellationToken));
        return [.. body.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rules").EnumerateArray())
            .Select(r => (r.GetProperty("name").GetString()!, r.GetProperty("health").GetString()!, r.TryGetProperty("lastError", out var e) ? e.GetString() : null))];
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(Uri target, string rules, string relabelling)
    {
        var config = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, $"""
            global: {"{"} scrape_interval: 1s, evaluation_interval: 1s {"}"}
            rule_files: ["{rules}/*.yaml"]
            scrape_configs:
              - job_name: deltaedge
                static_configs: [{"{"} targets: ["{target.Authority}"] {"}"}]
              - job_name: vllm
                static_configs: [{"{"} targets: ["{target.Authority}"] {"}"}]
            {Indented(await File.ReadAllLinesAsync(relabelling))}
            """);
        var start = new ProcessStartInfo(Executable, [$"--config.file={config}", $"--storage.tsdb.path={Path.Combine(_folder.FullName, "data")}", "--web.listen-address=127.0.0.1:0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.FullName,
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.ErrorDataReceived += (_, e) => Read(e.Data);
        _process.OutputDataReceived += (_, e) => Read(e.Data);
        _process.Exited += (_, _) =>
        {
            var ended = new InvalidOperationException($"{Executable} ended:\n{Printed()}");
            _address.TrySetException(ended);
            _ready.TrySetException(ended);
        };
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        _http = new HttpClient { BaseAddress = await _address.Task.WaitAsync(StartLimit), Timeout = TimeSpan.FromSeconds(30) };
        await _ready.Task.WaitAsync(StartLimit);
    }

    private static string Indented(IEnumerable<string> lines) => string.Join('\n', lines.Where(l => !l.StartsWith('#')).Select(l => "    " + l));

    private void Read(string? line)
    {
        lock (_lines)
        {
            _lines.Add(line ?? "");
        }

        if (Listening().Match(line ?? "") is { Success: true } match)
        {
            _address.TrySetResult(new Uri($"http://{match.Groups[1].Value}"));
        }

        if (line?.Contains(Ready, StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }

    private string Printed()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }

    // The one before it, "Start listening for connections", names the port asked for, which is 0.
    [GeneratedRegex(@"msg=""Listening on"" address=(\S+)")]
    private static partial Regex Listening();
}

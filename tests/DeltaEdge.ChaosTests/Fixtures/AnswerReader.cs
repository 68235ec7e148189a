using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>
/// A reader of a stream's answers, or events, as a careful client is one: when its connection ends it goes to the next gateway and resumes after
/// the last id it saw.
/// </summary>
internal sealed class AnswerReader : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ReadEntry> _entries = new();
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly IReadOnlyList<Uri> _gateways;
    private readonly string _what;
    private readonly Task _running;
    private int _connections;

    private AnswerReader(IReadOnlyList<Uri> gateways, string streamId, string what)
    {
        (_gateways, StreamId, _what) = (gateways, streamId, what);
        _running = RunAsync();
    }

    public string StreamId { get; }

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Everything read so far, in the order it came.</summary>
    public ReadEntry[] Entries => [.. _entries];

    public IEnumerable<ReadEntry> Answers => _entries.Where(e => e.IsAnswer);

    /// <summary>How often it connected.</summary>
    public int Connections => _connections;

    /// <param name="gateways">Where to, in turn.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="what">answers or events.</param>
    public static AnswerReader Start(IReadOnlyList<Uri> gateways, string streamId, string what = "answers") => new(gateways, streamId, what);

    /// <summary>Waits for an entry that came after a moment.</summary>
    public async Task<ReadEntry> NextAsync(TimeSpan after, Func<ReadEntry, bool> isWanted, TimeSpan? limit = null)
    {
        ReadEntry? found = null;
        await Wait.UntilAsync(
            () => (found = _entries.FirstOrDefault(e => e.At > after && isWanted(e))) is not null,
            () => $"an entry of {StreamId} after {after.TotalSeconds:F1} s; there are {_entries.Count}, the last is {_entries.LastOrDefault()}",
            limit);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(_gateways[_connections++ % _gateways.Count]);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The connection ended; the next one resumes.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Retry, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(Uri gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, $"/v1/streams/{StreamId}/{_what}"));
        request.Headers.Add("Accept", "text/event-stream");
        if (_entries.LastOrDefault() is { } last)
        {
            request.Headers.Add("Last-Event-ID", last.Id.ToString(CultureInfo.InvariantCulture));
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        if (!response.IsSuccessStatusCode)
        {
            return;
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(_stop.Token));
        var (id, name, data) = (0L, "", "");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.Length == 0)
            {
                if (data.Length > 0)
                {
                    _entries.Enqueue(new ReadEntry(id, name, JsonSerializer.Deserialize<JsonElement>(data), Elapsed));
                }

                (name, data) = ("", "");
            }
            else if (line.StartsWith("id:", StringComparison.Ordinal))
            {
                id = long.Parse(line[3..].Trim(), CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                name = line[6..].Trim();
            }
            else if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                data += line[5..].Trim();
            }
        }
    }
}

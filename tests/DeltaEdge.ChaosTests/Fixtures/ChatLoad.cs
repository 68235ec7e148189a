using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>
/// Open-loop questions about images, in turn to every gateway: each is sent when it is due, whatever became of the ones before. A
/// gateway that refuses the connection is passed over, as a client's load balancer would do.
/// </summary>
internal sealed class ChatLoad : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentQueue<AskResult> _results = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri[] _targets;
    private readonly (string SlaClass, byte[] Body)[] _bodies;
    private readonly double _perSecond;
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Task _running;

    private ChatLoad(IReadOnlyList<Uri> gateways, double perSecond, ChatTerms[] terms)
    {
        _targets = [.. gateways.Select(g => new Uri(g, "/v1/chat/completions"))];
        _perSecond = perSecond;
        var images = Directory.GetFiles(Path.Combine(Repository.Model, "bench"), "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        new Random(1).Shuffle(images);
        _bodies = [.. images.Select((image, i) => (terms[i % terms.Length].SlaClass, Body(image, terms[i % terms.Length])))];
        _running = RunAsync();
    }

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Starts at once.</summary>
    /// <param name="gateways">Where to, in turn.</param>
    /// <param name="perSecond">Asks per second, evenly.</param>
    /// <param name="terms">What each asks for, in turn.</param>
    public static ChatLoad Start(IReadOnlyList<Uri> gateways, double perSecond, params ChatTerms[] terms) => new(gateways, perSecond, terms);

    /// <summary>Ends arrivals, waits for what is in flight, and gives all results in the order they were due.</summary>
    public async Task<AskResult[]> FinishAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return [.. _results.OrderBy(r => r.Due)];
    }

    public void Dispose()
    {
        _stop.Cancel();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var sent = new List<Task>();
        try
        {
            for (var i = 0; ; i++)
            {
                var due = TimeSpan.FromSeconds(i / _perSecond);
                if (due - Elapsed is { Ticks: > 0 } wait)
                {
                    await Task.Delay(wait, TimeProvider.System, _stop.Token);
                }

                var number = i;
                sent.Add(Task.Run(() => SendAsync(number, due)));
                _stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // No more arrivals; what is in flight is still waited for.
        }

        await Task.WhenAll(sent);
    }

    private async Task SendAsync(int number, TimeSpan due)
    {
        var (slaClass, body) = _bodies[number % _bodies.Length];
        var result = new AskResult { Due = due, LatencyMs = 0, Status = 0, SlaClass = slaClass };
        for (var attempt = 0; attempt < _targets.Length && result.Status == 0; attempt++)
        {
            try
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var response = await _http.PostAsync(_targets[(number + attempt) % _targets.Length], content);
                result = Read(result, response, await response.Content.ReadAsByteArrayAsync());
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                result = result with { Problem = e.Message };
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or IOException)
            {
                result = result with { Problem = e.Message };
                break;
            }
        }

        _results.Enqueue(result with { LatencyMs = (Elapsed - due).TotalMilliseconds });
    }

    private static AskResult Read(AskResult result, HttpResponseMessage response, byte[] body)
    {
        result = result with { Status = (int)response.StatusCode, RetryAfter = response.Headers.RetryAfter?.ToString() };
        if (!response.IsSuccessStatusCode)
        {
            return result with { Problem = System.Text.Encoding.UTF8.GetString(body) };
        }

        using var json = JsonDocument.Parse(body);
        var info = json.RootElement.GetProperty("deltaedge");
        return result with
        {
            Budget = info.GetProperty("budget").GetInt32(),
            DeadlineMs = info.GetProperty("deadline_ms").GetInt32(),
            CaptureAgeMs = info.GetProperty("capture_age_ms").GetDouble(),
            OnTime = info.GetProperty("on_time").GetBoolean(),
            Model = json.RootElement.GetProperty("model").GetString(),
            Worker = info.GetProperty("worker").GetString(),
        };
    }

    private static byte[] Body(byte[] image, ChatTerms terms)
    {
        var extension = new JsonObject { ["sla_class"] = terms.SlaClass, ["min_tokens"] = terms.MinTokens, ["max_tokens"] = terms.MaxTokens };
        if (terms.DeadlineMs is { } deadline)
        {
            extension["deadline_ms"] = deadline;
        }

        return System.Text.Encoding.UTF8.GetBytes(new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(
                    new JsonObject { ["type"] = "text", ["text"] = "How many cars are there?" },
                    new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = "data:image/jpeg;base64," + Convert.ToBase64String(image) } }),
            }),
            ["deltaedge"] = extension,
        }.ToJsonString());
    }
}

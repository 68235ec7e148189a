using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>
/// Sends a workload to a gateway. Open loop: every ask is sent when it is due, whether or not earlier ones have been answered, and
/// its latency counts from when it was due, however late it was sent, so that a system that stalls cannot hide it (no coordinated
/// omission).
/// </summary>
/// <param name="http">Sends.</param>
/// <param name="gateway">Where to.</param>
/// <param name="clock">What latencies are counted by.</param>
/// <param name="sharesClock">
/// Whether the system goes by the same wall clock. It is then told when a frame was captured; any other, whose clock may be off, is
/// told what is left of the deadline when the ask is sent.
/// </param>
internal sealed class OpenLoopRun(HttpClient http, Uri gateway, MonotonicClock clock, bool sharesClock)
{
    /// <summary>More than this in flight means that the system has stopped answering; further asks count as failed.</summary>
    private const int MostInFlight = 1024;

    private readonly Uri _target = new(gateway, "/v1/chat/completions");
    private int _inFlight;

    /// <summary>One record per question of every arrival, in order; completes when the last has ended.</summary>
    /// <param name="workload">What to send, when.</param>
    /// <param name="content">Its images and questions.</param>
    /// <param name="progress">Called with the seconds that have passed, about once a second.</param>
    /// <param name="cancellationToken">Ends the run; the call then throws.</param>
    public async Task<ImmutableArray<AskRecord>> RunAsync(Workload workload, BenchContent content, Action<double> progress, CancellationToken cancellationToken)
    {
        var began = clock.Now;
        var beganWall = clock.Provider.GetUtcNow();
        var running = new List<Task<AskRecord>>();
        var told = 0d;
        for (var i = 0; i < workload.Arrivals.Length; i++)
        {
            var due = workload.Arrivals[i].AtSeconds;
            for (TimeSpan wait; (wait = TimeSpan.FromSeconds(due) - (clock.Now - began)) > TimeSpan.Zero;) // A timer may be a little early.
            {
                await Task.Delay(wait, clock.Provider, cancellationToken);
            }

            if (due - told >= 1)
            {
                told = due;
                progress(due);
            }

            var camera = workload.Streams[workload.Arrivals[i].Stream];
            for (var q = 0; q < camera.Kinds.Length; q++)
            {
                var (arrival, question) = (i, q);
                running.Add(Task.Run(
                    () => AskAsync(arrival, question, due, began, camera, content, beganWall + TimeSpan.FromSeconds(due), cancellationToken), cancellationToken));
            }
        }

        return [.. await Task.WhenAll(running)];
    }

    private async Task<AskRecord> AskAsync(
        int arrival, int question, double due, TimeSpan began, CameraShape camera, BenchContent content, DateTimeOffset capturedAt, CancellationToken cancellationToken)
    {
        var asked = content.Questions[arrival][question];
        var record = new AskRecord(arrival, question, due, double.NaN, AskEndKind.Failed, 0, asked.Kind, false, 0);
        if (Interlocked.Increment(ref _inFlight) > MostInFlight)
        {
            Interlocked.Decrement(ref _inFlight);
            return record;
        }

        try
        {
            using var body = new ReadOnlyMemoryContent(sharesClock
                ? AskBody.Write(content.Frames[arrival], asked, camera, camera.DeadlineSeconds, capturedAt)
                : AskBody.Write(content.Frames[arrival], asked, camera, camera.DeadlineSeconds - Since(), capturedAt: null));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await http.PostAsync(_target, body, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var latency = Since();
            return response.IsSuccessStatusCode
                ? Answered(record, answer, latency, camera.DeadlineSeconds, asked.Answer)
                : record with { End = EndOf(response.StatusCode) };
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException or KeyNotFoundException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)) // The last is the client's patience.
        {
            return record;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }

        double Since() => (clock.Now - began).TotalSeconds - due;
    }

    private static AskRecord Answered(AskRecord record, byte[] answer, double latency, double deadline, string truth)
    {
        using var json = JsonDocument.Parse(answer);
        var info = json.RootElement.GetProperty("deltaedge");
        var text = json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        return record with
        {
            LatencySeconds = latency,
            End = latency <= deadline ? AskEndKind.OnTime : AskEndKind.Late,
            Budget = info.GetProperty("budget").GetInt32(),
            ExpectedAccuracy = info.GetProperty("expected_accuracy").GetDouble(),
            Correct = string.Equals(text?.Trim(), truth, StringComparison.Ordinal),
        };
    }

    private static AskEndKind EndOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => AskEndKind.Rejected,
        HttpStatusCode.GatewayTimeout => AskEndKind.Expired,
        _ => AskEndKind.Failed,
    };
}

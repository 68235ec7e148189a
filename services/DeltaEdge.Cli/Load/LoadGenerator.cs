using System.Net.Http.Headers;
using System.Text.Json;
using DeltaEdge.Core.Time;

namespace DeltaEdge.Cli.Load;

/// <summary>
/// Open-loop load: arrivals are a Poisson process of the rate that holds at the time, sent when due whether or not earlier ones
/// have been answered.
/// </summary>
internal sealed class LoadGenerator(HttpClient http, Uri target, IReadOnlyList<LoadItem> items, MonotonicClock clock, int seed)
{
    /// <summary>More than this in flight means that the server has stopped answering; further arrivals count as failed.</summary>
    private const int MostInFlight = 512;

    private readonly Random _random = new(seed);
    private int _inFlight;

    /// <summary>Runs until cancelled; cancelling ends arrivals, then waits for what is in flight.</summary>
    /// <param name="rate">Asks per second wanted now; 0 pauses.</param>
    /// <param name="finished">Called with each result, from many threads.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    public async Task RunAsync(Func<double> rate, Action<LoadResult> finished, CancellationToken cancellationToken)
    {
        var began = clock.Now;
        var due = TimeSpan.Zero;
        var running = new List<Task>();
        var next = 0;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var perSecond = rate();
                if (perSecond <= 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), clock.Provider, cancellationToken);
                    due = clock.Now - began;
                    continue;
                }

                due += TimeSpan.FromSeconds(-Math.Log(1 - _random.NextDouble()) / perSecond);
                var wait = due - (clock.Now - began);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock.Provider, cancellationToken);
                }
                else
                {
                    await Task.Yield(); // Behind, and it may stay so: whoever started this must still get to run.
                }

                running.RemoveAll(t => t.IsCompleted);
                running.Add(SendAsync(items[next++ % items.Count], began, due, finished));
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over; what is in flight is still waited for.
        }

        await Task.WhenAll(running);
    }

    private async Task SendAsync(LoadItem item, TimeSpan began, TimeSpan due, Action<LoadResult> finished)
    {
        if (Interlocked.Increment(ref _inFlight) > MostInFlight)
        {
            Interlocked.Decrement(ref _inFlight);
            finished(new LoadResult(due, 0, 0, 0, false));
            return;
        }

        var (status, budget, onTime) = (0, 0, false);
        try
        {
            using var content = new ByteArrayContent(item.Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await http.PostAsync(target, content);
            status = (int)response.StatusCode;
            using var body = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            if (response.IsSuccessStatusCode)
            {
                var info = body.RootElement.GetProperty("deltaedge");
                (budget, onTime) = (info.GetProperty("budget").GetInt32(), info.GetProperty("on_time").GetBoolean());
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or IOException or KeyNotFoundException or InvalidOperationException)
        {
            status = 0;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }

        finished(new LoadResult(due, (clock.Now - began - due).TotalMilliseconds, status, budget, onTime));
    }
}

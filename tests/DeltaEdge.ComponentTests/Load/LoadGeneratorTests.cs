using System.Net;
using DeltaEdge.Cli.Load;
using DeltaEdge.Core.Time;

namespace DeltaEdge.ComponentTests.Load;

public sealed class LoadGeneratorTests
{
    private const int Asks = 5;

    [Fact]
    public async Task RateThatCannotBeKeptUp_StillLeavesItsCallerToRunAndCanBeEnded()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var tally = new LoadTally();

        var running = Generator(HttpStatusCode.OK, "{}").RunAsync(() => 1e9, tally.Add, end.Token);
        await end.CancelAsync(); // Reached only if the call above has returned.

        await running;
    }

    [Theory]
    [InlineData(200, """{"deltaedge":{"budget":36,"on_time":true}}""", 5, 0, 0, "5 × HTTP 200")]
    [InlineData(200, "{}", 0, 0, 5, "5 × nothing that could be read")]
    [InlineData(200, """{"deltaedge":null}""", 0, 0, 5, "5 × nothing that could be read")]
    [InlineData(429, "{}", 0, 5, 0, "5 × HTTP 429")]
    [InlineData(503, "{}", 0, 5, 0, "5 × HTTP 503")]
    [InlineData(401, "{}", 0, 0, 5, "5 × HTTP 401")]
    public async Task Asks_AreCountedByWhatBecameOfThem(int status, string body, int answered, int refused, int failed, string statuses)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var tally = new LoadTally();
        var left = Asks;

        await Generator((HttpStatusCode)status, body).RunAsync(() => 1e6, Count, end.Token);

        Assert.Equal((answered, statuses), (tally.Answered, tally.Statuses()));
        Assert.Equal($"{refused,9} {failed,8}", tally.Total(TimeSpan.FromSeconds(1))[^18..]);

        void Count(LoadResult result)
        {
            var further = Interlocked.Decrement(ref left);
            if (further >= 0)
            {
                tally.Add(result);
            }

            if (further == 0)
            {
                end.Cancel();
            }
        }
    }

    private static LoadGenerator Generator(HttpStatusCode status, string body) =>
        new(new HttpClient(new Always(status, body)), new Uri("http://127.0.0.1/v1/chat/completions"), [new LoadItem([])], new MonotonicClock(TimeProvider.System), seed: 1);

    /// <summary>One answer to everything, at once: with it nothing that a generator does takes any time.</summary>
    private sealed class Always(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
    }
}

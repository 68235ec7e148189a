using System.Text.Json;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Runs;
using DeltaEdge.Evaluation.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.ComponentTests.Bench;

/// <summary>The load generator against a real server whose answers the test decides.</summary>
public sealed class OpenLoopRunTests : IAsyncLifetime
{
    private const string Right = """{"choices":[{"message":{"content":"yes"}}],"deltaedge":{"budget":36,"expected_accuracy":0.97}}""";
    private const string Wrong = """{"choices":[{"message":{"content":"no"}}],"deltaedge":{"budget":4,"expected_accuracy":0.9}}""";

    private readonly MonotonicClock _clock = new(TimeProvider.System);
    private readonly HttpClient _http = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<HttpContext, string, Task> _answer = (_, _) => Task.CompletedTask;
    private WebApplication _server = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/v1/chat/completions", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await _answer(context, await reader.ReadToEndAsync());
        });
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task ServerThatStalls_StillGetsEveryAskWhenItIsDue_AndItsStallIsInEveryLatency()
    {
        const int Asks = 8;
        var arrived = 0;
        var everyone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = async (context, _) =>
        {
            if (Interlocked.Increment(ref arrived) == Asks)
            {
                everyone.SetResult();
            }

            await _release.Task;
            await context.Response.WriteAsync(Right);
        };
        var workload = Samples.Workload([.. Enumerable.Range(0, Asks).Select(i => (i * 0.02, new[] { QuestionKind.YesNo }))]);

        var run = RunAsync(workload);
        await everyone.Task.WaitAsync(TestContext.Current.CancellationToken); // No answer has been given, and all have been asked.
        _release.SetResult();
        var records = await run;

        // One clock: what was due first has waited longest, by as much as it was due earlier.
        Assert.All(records, r => Assert.True(r.LatencySeconds >= 0));
        Assert.True(records[0].LatencySeconds >= workload.Arrivals[^1].AtSeconds - workload.Arrivals[0].AtSeconds);
    }

    [Fact]
    public async Task Answers_AreGradedAndRefusalsNamed()
    {
        _answer = async (context, body) =>
        {
            var camera = body.Split("\"stream_id\":\"camera-")[1][0];
            context.Response.StatusCode = camera switch { '2' => 503, '3' => 504, '4' => 500, _ => 200 };
            await context.Response.WriteAsync(camera switch { '0' => Right, '1' => Wrong, '5' => "not json", _ => "{}" });
        };
        var records = await RunAsync(Samples.Workload([.. Enumerable.Range(0, 6).Select(i => (i * 0.01, new[] { QuestionKind.YesNo }))]));

        Assert.Equal(
            [AskEndKind.OnTime, AskEndKind.OnTime, AskEndKind.Rejected, AskEndKind.Expired, AskEndKind.Failed, AskEndKind.Failed],
            records.Select(r => r.End));
        Assert.Equal([true, false], records.Take(2).Select(r => r.Useful));
        Assert.Equal([36, 4, 0, 0, 0, 0], records.Select(r => r.Budget));
        Assert.Equal(0.97, records[0].ExpectedAccuracy);
        Assert.All(records.Skip(2), r => Assert.True(double.IsNaN(r.LatencySeconds)));
    }

    [Fact]
    public async Task Records_StandInOrderOfArrivalAndQuestion()
    {
        _answer = (context, _) => context.Response.WriteAsync(Right);
        var records = await RunAsync(Samples.Workload((0, [QuestionKind.Count, QuestionKind.YesNo]), (0.01, [QuestionKind.Read])));

        Assert.Equal([(0, 0, QuestionKind.Count), (0, 1, QuestionKind.YesNo), (1, 0, QuestionKind.Read)], records.Select(r => (r.Arrival, r.Question, r.Kind)));
    }

    [Fact]
    public async Task LateAnswer_IsLate()
    {
        _answer = async (context, _) =>
        {
            await _release.Task;
            await context.Response.WriteAsync(Right);
        };
        var workload = Samples.Workload((0, [QuestionKind.YesNo]));
        workload = workload with { Streams = [workload.Streams[0] with { DeadlineSeconds = 1e-9 }] };
        var run = RunAsync(workload);
        _release.SetResult();

        var record = Assert.Single(await run);
        Assert.Equal((AskEndKind.Late, true, false), (record.End, record.Correct, record.Useful));
    }

    [Fact]
    public async Task AskThatTimesOut_IsOneFailedAsk()
    {
        _answer = (_, _) => _release.Task;
        _http.Timeout = TimeSpan.FromMilliseconds(100);

        var record = Assert.Single(await RunAsync(Samples.Workload((0, [QuestionKind.YesNo]))));

        Assert.Equal(AskEndKind.Failed, record.End);
    }

    [Fact]
    public async Task RunThatIsStopped_Throws()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _answer = async (_, _) =>
        {
            await stop.CancelAsync();
            await _release.Task;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(Samples.Workload((0, [QuestionKind.YesNo])), cancellationToken: stop.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SystemWithAClockOfItsOwn_IsToldWhatIsLeftOfTheDeadline(bool sharesClock)
    {
        JsonElement terms = default;
        _answer = (context, body) =>
        {
            terms = JsonDocument.Parse(body).RootElement.GetProperty("deltaedge");
            return context.Response.WriteAsync(Right);
        };
        var workload = Samples.Workload((-0.2, [QuestionKind.YesNo])); // Due before the run: what a generator that is behind sends.

        await RunAsync(workload, sharesClock);

        Assert.Equal(sharesClock, terms.TryGetProperty("captured_at", out _));
        var deadline = terms.GetProperty("deadline_ms").GetInt32();
        Assert.True(sharesClock ? deadline == 500 : deadline is >= 1 and <= 300, $"The deadline was {deadline} ms.");
    }

    private async Task<IReadOnlyList<AskRecord>> RunAsync(Workload workload, bool sharesClock = true, CancellationToken? cancellationToken = null) =>
        await new OpenLoopRun(_http, new Uri(_server.Urls.First()), _clock, sharesClock)
            .RunAsync(workload, new BenchContent(Samples.Frames, workload), _ => { }, cancellationToken ?? TestContext.Current.CancellationToken);
}

using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.Inference;
using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Serving;
using DeltaEdge.Worker.Swapping;

namespace DeltaEdge.ComponentTests.Worker.Swapping;

/// <summary>Another model in a worker that serves: a whole worker and real engines.</summary>
public sealed class ModelSwapTests
{
    [Fact]
    public async Task AsksInFlight_AreAnsweredByTheModelTheyWereAskedOf()
    {
        await using var worker = await SwapWorker.StartAsync();
        var second = worker.Packages.Add("second");
        using var gate = new ManualResetEventSlim();
        var old = worker.Models.Current.Engine;
        var isHeld = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = HoldAsync(worker.Models, isHeld, gate);
        await isHeld.Task.WaitAsync(Wait.Limit);
        var waiting = Enumerable.Range(0, 3).Select(_ => worker.AskAsync("first")).ToArray();
        await Wait.UntilAsync(() => old.Status.QueueDepth == 3, () => "three asks to wait for it");

        await worker.BeginAsync(second);
        await worker.UntilAsync(SwapPhase.Draining);

        Assert.Equal((HttpStatusCode.OK, "second"), await worker.AskAsync("second"));
        Assert.Equal((HttpStatusCode.OK, "second"), await worker.AskAsync("first"));
        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), await worker.AskAsync("third"));
        Assert.Contains("\"second\"", await worker.Http.GetStringAsync("/v1/models"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await worker.SwapAsync(second)).StatusCode);
        Assert.DoesNotContain(waiting, w => w.IsCompleted);

        gate.Set();
        Assert.Equal(AskStatus.OnTime, (await held).Status);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal((HttpStatusCode.OK, "first"), answer));
        await worker.UntilAsync(SwapPhase.Done);
        Assert.Equal(AskStatus.Failed, (await old.AskAsync(Request(null), CancellationToken.None)).Status);

        var metrics = await worker.MetricsAsync();
        Assert.Contains("deltaedge_model_info{model=\"second\"} 1", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("deltaedge_model_info{model=\"first\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("deltaedge_model_swaps_total{outcome=\"done\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("deltaedge_engine_builds_total{phase=\"serving\"} 0", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwapHasEnded_OldEngineIsCollected()
    {
        await using var worker = await SwapWorker.StartAsync();
        await worker.AskAsync();
        var old = EngineOf(worker.Models);
        await worker.BeginAsync(worker.Packages.Add("second"));
        await worker.UntilAsync(SwapPhase.Done);

        Assert.False(old.IsAlive, "The swap has ended and the old engine is still held.");
    }

    [Theory]
    [InlineData("weights", "model.safetensors")]
    [InlineData("tokenizer", "tokenizer.json")]
    [InlineData("ladder", "144, 36, 16, 4, 1")]
    [InlineData("manifest", "prompt")]
    public async Task PackageThatCannotServe_LeavesTheOldModelInForce(string broken, string named)
    {
        await using var worker = await SwapWorker.StartAsync();
        var package = worker.Packages.Add("second", manifest => Break(manifest, broken));
        if (broken is "weights" or "tokenizer")
        {
            await File.WriteAllTextAsync(Path.Combine(package, named), "{}");
        }

        await worker.BeginAsync(package);
        var failed = await worker.UntilAsync(SwapPhase.Failed);

        Assert.Contains(named, failed.Error, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "first"), await worker.AskAsync());
        Assert.Contains("deltaedge_model_swaps_total{outcome=\"failed\"} 1", await worker.MetricsAsync(), StringComparison.Ordinal);

        await worker.BeginAsync(worker.Packages.Add("third"));
        await worker.UntilAsync(SwapPhase.Done);
        Assert.Equal((HttpStatusCode.OK, "third"), await worker.AskAsync());
    }

    [Theory]
    [InlineData(true, "/", "package_not_allowed")]
    [InlineData(true, "", "invalid_value")]
    [InlineData(false, "second", "package_not_allowed")]
    public async Task PackageThatIsNotAllowed_IsRefused(bool mayChange, string package, string code)
    {
        await using var worker = await SwapWorker.StartAsync(mayChange);

        using var refused = await worker.SwapAsync(package.Length > 1 ? worker.Packages.Add(package) : package);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(code, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"model":"first","swap":null}""", await worker.Http.GetStringAsync(SwapEndpoint.Path));
    }

    private static void Break(JsonObject manifest, string how)
    {
        if (how == "ladder")
        {
            manifest["ladder"] = new JsonArray(144, 36, 16, 4, 1);
        }
        else if (how == "manifest")
        {
            manifest.Remove("prompt");
        }
    }

    /// <summary>An ask whose first text holds the engine's thread until the gate is set.</summary>
    private static async Task<AskOutcome> HoldAsync(ModelInForce models, TaskCompletionSource isHeld, ManualResetEventSlim gate)
    {
        using var lease = models.Take();
        return await lease.Model.Engine.AskAsync(
            Request(_ =>
            {
                isHeld.TrySetResult();
                gate.Wait(Wait.Limit);
            }),
            CancellationToken.None);
    }

    private static AskRequest Request(Action<string>? onText) => new()
    {
        Frame = new VisionFrame(1, EngineHarness.Image(1)),
        Question = "How many cars are there?",
        Kind = QuestionKind.Count,
        Range = new(1, 1),
        SlaClass = "default",
        CapturedAt = TimeSpan.Zero,
        Deadline = TimeSpan.FromHours(10),
        MaxNewTokens = 6,
        OnText = onText,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference EngineOf(ModelInForce models) => new(models.Current.Engine);
}

using System.Text.Json;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Streams;
using DeltaEdge.Delivery.Rules;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Registry;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>By its heartbeats a receiver tells a stream that is answered about from one that only has a worker.</summary>
public sealed class HeartbeatTests : IDisposable, IFrameSink
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task CameraWithoutFrames_BeatsWithoutAnswersUntilThereAreSome()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path, o => o.HeartbeatSeconds = 0.1, add: services => services.AddSingleton<IFrameSink>(this));
        var spec = DeliveryHost.Spec(DeliveryHost.Webhook(receiver.Address) with { What = ["events"] }) with { Source = $"rtsp://127.0.0.1:{Ports.Free()}/nobody" };
        Assert.Null(host.Get<StreamRegistry>().Add(spec).Error);
        using var loop = ActivatorUtilities.CreateInstance<HeartbeatLoop>(host.Get<IServiceProvider>());
        await loop.StartAsync(CancellationToken.None);
        try
        {
            await BeatAsync(beat => beat.GetProperty("state").GetString() == "reconnecting" && IsSilent(beat), "the camera that nobody answers for");

            host.Get<RuleObserver>().OnAnswer(spec, Answers.Of("2", 0), Answers.Frame(0));
            host.Get<RuleObserver>().OnAnswer(spec, Answers.Of("2", 1), Answers.Frame(0));
            host.Get<RuleObserver>().OnAnswer(spec, Answers.Of("2", 2) with { Answer = null, Outcome = "expired" }, Answers.Frame(0));
            await Wait.UntilAsync(() => Beats().Sum(beat => beat.GetProperty("answers").GetInt64()) == 2, () => $"heartbeats that tell of two answers; the last was {Beats().LastOrDefault()}");
            await BeatAsync(beat => beat.GetProperty("answers").GetInt64() == 0 && beat.GetProperty("last_answer_age_ms").ValueKind == JsonValueKind.Number, "none since");

            host.Get<StreamRegistry>().Find("cam")!.Pause();
            await BeatAsync(beat => beat.GetProperty("state").GetString() == "paused", "the pause");
        }
        finally
        {
            await loop.StopAsync(CancellationToken.None);
        }

        Task BeatAsync(Func<JsonElement, bool> isWanted, string what) => Wait.UntilAsync(() => Beats().Any(isWanted), () => $"a heartbeat that tells of {what}; the last was {Beats().LastOrDefault()}");

        JsonElement[] Beats() => [.. receiver.All.Select(r => r.Json).Where(j => j.GetProperty("type").GetString() == "heartbeat").Select(j => j.GetProperty("event").GetProperty("heartbeat"))];

        bool IsSilent(JsonElement beat) => beat.GetProperty("answers").GetInt64() == 0 && beat.GetProperty("last_answer_age_ms").ValueKind == JsonValueKind.Null;
    }

    public ValueTask<bool> OnFrameAsync(StreamSpec spec, CapturedFrame frame, CancellationToken cancellationToken) => ValueTask.FromResult(true);
}

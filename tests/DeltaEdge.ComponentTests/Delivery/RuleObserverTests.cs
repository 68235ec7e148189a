using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Rules;
using DeltaEdge.Core.Streams;
using DeltaEdge.Delivery.Rules;
using DeltaEdge.Imaging.Decoding;

namespace DeltaEdge.ComponentTests.Delivery;

public sealed class RuleObserverTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task RuleThatFires_SendsTheFrameThatShowsIt()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var spec = DeliveryHost.Spec(DeliveryHost.Webhook(receiver.Address) with { What = ["events"] }) with { Rules = [Above(2)] };
        var observer = host.Get<RuleObserver>();

        observer.OnAnswer(spec, Answers.Of("2", 0), Answers.Frame(0));
        observer.OnAnswer(spec, Answers.Of("3", 1), Answers.Frame(200));
        observer.OnAnswer(spec, Answers.Of("4", 2), Answers.Frame(0));
        observer.OnState(spec, new StateChange("running", "stalled", "No frame."), Answers.Start);
        observer.Beat(spec, StreamState.Running, Answers.Start);
        await Wait.UntilAsync(() => receiver.All.Count == 3, () => $"three events; {receiver.All.Count} came");

        Assert.Equal(["rule", "state", "heartbeat"], receiver.All.Select(r => r.Headers["x-deltaedge-type"]));
        var rule = receiver.All.First().Json.GetProperty("event").GetProperty("rule");
        Assert.Equal(("full", "3", "2"), (rule.GetProperty("rule_id").GetString(), rule.GetProperty("answer").GetString(), rule.GetProperty("previous_answer").GetString()));
        Assert.True(ImageDecoder.Decode(rule.GetProperty("evidence_jpeg").GetBytesFromBase64(), new ImageLimits()).TryGet(out var image, out _));
        Assert.InRange(image!.Pixels[0], 190, 210);
        Assert.Equal(spec.Rules[0].DedupeKey("cam", Answers.Start.AddSeconds(1)), receiver.Keys[0]);
    }

    [Fact]
    public async Task Answers_GoToTargetsThatWantThem()
    {
        await using var all = await Receiver.StartAsync();
        await using var events = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var spec = DeliveryHost.Spec(DeliveryHost.Webhook(all.Address), DeliveryHost.Webhook(events.Address) with { What = ["events"] });

        host.Get<RuleObserver>().OnAnswer(spec, Answers.Of("2", 0), Answers.Frame(0));
        host.Get<RuleObserver>().Beat(spec, StreamState.Running, Answers.Start);
        await Wait.UntilAsync(() => all.All.Count == 2 && events.All.Count == 1, () => $"two and one; {all.All.Count} and {events.All.Count} came");

        Assert.Equal("2", all.All.First().Json.GetProperty("answer").GetProperty("answer").GetString());
        Assert.Equal("heartbeat", events.All.Single().Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task RuleThatAChangeLeavesAsItWas_KeepsItsMemory()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var spec = DeliveryHost.Spec(DeliveryHost.Webhook(receiver.Address) with { What = ["events"] }) with { Rules = [Above(2)] };
        var observer = host.Get<RuleObserver>();
        observer.OnAnswer(spec, Answers.Of("3", 0), Answers.Frame(0));

        var changed = spec with { Rules = [new RuleSpec { Id = "any", Question = "q1", When = new RuleCondition { EqualTo = "4" } }, Above(2)] };
        observer.OnAnswer(changed, Answers.Of("4", 1), Answers.Frame(0));
        observer.Beat(changed, StreamState.Running, Answers.Start);
        await Wait.UntilAsync(() => receiver.All.Count == 3, () => $"three events; {receiver.All.Count} came");

        Assert.Equal(["full", "any"], receiver.All.Take(2).Select(r => r.Json.GetProperty("event").GetProperty("rule").GetProperty("rule_id").GetString()));
    }

    [Fact]
    public async Task StreamRemovedAndAddedAgain_ItsRulesStartAnew()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var spec = DeliveryHost.Spec(DeliveryHost.Webhook(receiver.Address) with { What = ["events"] }) with { Rules = [Above(2)] };
        var observer = host.Get<RuleObserver>();
        observer.OnAnswer(spec, Answers.Of("3", 0), Answers.Frame(0));

        observer.OnRemoved(spec);
        observer.OnAnswer(spec, Answers.Of("3", 1), Answers.Frame(0));
        observer.Beat(spec, StreamState.Running, Answers.Start);
        await Wait.UntilAsync(() => receiver.All.Any(r => r.Headers["x-deltaedge-type"] == "heartbeat"), () => "the heartbeat");

        Assert.Equal(["rule", "rule", "heartbeat"], receiver.All.Select(r => r.Headers["x-deltaedge-type"]));
    }

    private static RuleSpec Above(double limit) => new() { Id = "full", Question = "q1", When = new RuleCondition { Above = limit } };
}

using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery;
using DeltaEdge.Telemetry;

namespace DeltaEdge.ComponentTests.Delivery;

public sealed class WebhookDeliveryTests : IDisposable
{
    private const string Secret = "a secret of some length";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task DeadReceiver_GetsEverythingInOrderWhenItIsBack()
    {
        Uri address;
        await using (var before = await Receiver.StartAsync())
        {
            address = before.Address;
        }

        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var keys = DeliveryHost.Keys(300);
        host.Send(DeliveryHost.Webhook(address), keys);
        await Wait.UntilAsync(() => host.Pending == keys.Length, () => $"all to wait; {host.Pending} do");

        await using var back = await Receiver.StartAsync(port: address.Port);
        await Wait.UntilAsync(() => host.Pending == 0, () => $"all to be delivered; {host.Pending} wait");

        Assert.Equal(keys, back.Keys.Distinct());
    }

    [Fact]
    public async Task HowItGoes_IsToldForEachTarget()
    {
        await using var well = await Receiver.StartAsync();
        Uri gone;
        await using (var before = await Receiver.StartAsync())
        {
            gone = before.Address;
        }

        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        ImmutableArray<DeliveryTarget> targets = [DeliveryHost.Webhook(well.Address), DeliveryHost.Webhook(gone), DeliveryHost.Webhook(new Uri(well.Address, "never-used"))];
        host.Send(targets[0], "a");
        host.Send(targets[1], "b", "c");
        var states = host.Get<DeliveryStates>();
        await Wait.UntilAsync(() => well.Keys.Length > 0 && states.Of(targets)[1].FailedAttempts > 1, () => $"one to be delivered and one to fail: {string.Join(' ', states.Of(targets))}");

        var (first, second, third) = (states.Of(targets)[0], states.Of(targets)[1], states.Of(targets)[2]);
        Assert.Equal((DeliveryStatus.Ok, 0, null), (first.State, first.FailedAttempts, first.LastError));
        Assert.Equal((DeliveryStatus.Failing, 2), (second.State, second.Pending));
        Assert.NotNull(second.LastError);
        Assert.Equal(targets[1].Redacted().Url, second.Url);
        Assert.Equal((DeliveryStatus.Ok, 0), (third.State, third.Pending));
    }

    [Fact]
    public async Task ProcessThatIsKilled_LosesNothingThatWasStored()
    {
        await using var receiver = await Receiver.StartAsync();
        var target = DeliveryHost.Webhook(receiver.Address);
        var keys = DeliveryHost.Keys(100);
        var copy = Path.Combine(_directory.Path, "copy");
        await using (var host = await DeliveryHost.StartAsync(Path.Combine(_directory.Path, "live"), o => o.AllowPrivateTargets = false))
        {
            host.Send(target, keys);
            await Wait.UntilAsync(() => host.Pending == keys.Length, () => $"all to wait; {host.Pending} do");

            // What a killed process leaves behind: its files as they are, the last record half written.
            Copy(Path.Combine(_directory.Path, "live"), copy);
        }

        await using (var file = File.Open(Directory.GetFiles(copy, "*.seg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last(), FileMode.Append))
        {
            file.Write([200, 0, 0, 0, 1, 2, 3]);
        }

        await using var next = await DeliveryHost.StartAsync(copy);
        await Wait.UntilAsync(() => next.Pending == 0, () => $"all to be delivered; {next.Pending} wait");

        Assert.Equal(keys, receiver.Keys);
    }

    [Fact]
    public async Task SegmentThatCannotBeRead_HoldsUpNeitherTheStartNorAnyTarget()
    {
        await using var one = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        var (hurt, whole) = (DeliveryHost.Webhook(one.Address), DeliveryHost.Webhook(other.Address));
        await using (var host = await DeliveryHost.StartAsync(_directory.Path, o => o.AllowPrivateTargets = false))
        {
            host.Send(hurt, "lost");
            host.Send(whole, "kept");
            await Wait.UntilAsync(() => host.Pending == 2, () => $"both to wait; {host.Pending} do");
        }

        var segment = Directory.GetFiles(_directory.Path, "*.seg", SearchOption.AllDirectories).Single(p => p.Contains(hurt.Identity, StringComparison.Ordinal));
        File.Delete(segment);
        File.CreateSymbolicLink(segment, segment);

        await using var next = await DeliveryHost.StartAsync(_directory.Path);
        next.Send(hurt, "new");
        await Wait.UntilAsync(() => (one.All.Count, other.All.Count) == (1, 1), () => $"one message at each; {one.All.Count} and {other.All.Count} came");

        Assert.Equal(["new"], one.Keys);
        Assert.Equal(["kept"], other.Keys);
        await Wait.UntilAsync(() => next.Pending == 0, () => $"nothing to wait; {next.Pending} do");
        Assert.Equal(3, next.Metrics.Sum(InstrumentNames.SinkDeliveriesTotal)); // Two delivered, one unreadable.
    }

    [Fact]
    public async Task ReceiverThatFails_IsTriedAgain()
    {
        var fails = 3;
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref fails) >= 0 ? (fails == 1 ? 429 : 500) : 204;
            return Task.CompletedTask;
        });
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        host.Send(DeliveryHost.Webhook(receiver.Address), "a", "b");
        await Wait.UntilAsync(() => receiver.All.Count == 5 && host.Pending == 0, () => $"five attempts; {receiver.All.Count} came");

        Assert.Equal(["a", "a", "a", "a", "b"], receiver.Keys);
    }

    [Fact]
    public async Task RetryAfter_IsHonoured()
    {
        var refused = 0;
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            if (Interlocked.Exchange(ref refused, 1) == 0)
            {
                context.Response.StatusCode = 503;
                context.Response.Headers.RetryAfter = "1";
            }

            return Task.CompletedTask;
        });
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        var start = TimeProvider.System.GetTimestamp();
        host.Send(DeliveryHost.Webhook(receiver.Address), "a");
        await Wait.UntilAsync(() => receiver.All.Count == 2, () => "the second attempt");

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.99));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task ReceiverThatRefuses_LosesThatMessageOnly(int status)
    {
        await using var receiver = await Receiver.StartAsync((context, received) =>
        {
            context.Response.StatusCode = received.Key == "bad" ? status : 200;
            return Task.CompletedTask;
        });
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        host.Send(DeliveryHost.Webhook(receiver.Address), "bad", "good");
        await Wait.UntilAsync(() => receiver.All.Count == 2 && host.Pending == 0, () => "both attempts");

        Assert.Equal(["bad", "good"], receiver.Keys);
    }

    /// <summary>What an ingress without a backend, a gateway with another key or a login page in front of the receiver answers, says nothing about the alert.</summary>
    [Theory]
    [InlineData(302)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(410)]
    public async Task ReceiverThatIsNotBehindItsAddressForAWhile_LosesNothing(int status)
    {
        var bad = 2;
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            context.Response.StatusCode = Interlocked.Decrement(ref bad) >= 0 ? status : 200;
            context.Response.Headers.Location = elsewhere.Address.ToString();
            return Task.CompletedTask;
        });
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        host.Send(DeliveryHost.Webhook(receiver.Address), "first", "second");
        await Wait.UntilAsync(() => receiver.All.Count == 4 && host.Pending == 0, () => $"four attempts; {receiver.All.Count} came");

        Assert.Equal(["first", "first", "first", "second"], receiver.Keys);
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task Signature_IsOfTimeAndBody()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);

        host.Send(DeliveryHost.Webhook(receiver.Address, Secret), "a");
        await Wait.UntilAsync(() => !receiver.All.IsEmpty, () => "the message");
        var received = receiver.All.Single();

        var parts = received.Headers["x-deltaedge-signature"].Split(',').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        var signed = Encoding.UTF8.GetBytes(parts["t"] + ".").Concat(received.Body).ToArray();
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), parts["v1"]);
        Assert.Equal(("rule", "a"), (received.Json.GetProperty("type").GetString(), received.Json.GetProperty("dedupe_key").GetString()));
        Assert.DoesNotContain(Secret, Encoding.UTF8.GetString(received.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrivateAddress_IsNotReachedUnlessAllowed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path, o => o.AllowPrivateTargets = false);

        host.Send(DeliveryHost.Webhook(receiver.Address), "a");
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") >= 3, () => "three attempts");

        Assert.Empty(receiver.All);
        Assert.Equal(1, host.Pending);
    }

    [Fact]
    public async Task NameThatLeadsElsewhereLater_IsCheckedAgainWhenItIsConnectedTo()
    {
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        var address = IPAddress.Loopback;
        await using var host = await DeliveryHost.StartAsync(_directory.Path, resolve: _ => [Volatile.Read(ref address)]);
        var target = DeliveryHost.Webhook(new Uri($"http://hook.example:{receiver.Address.Port}/"));
        host.Send(target, "before");
        await Wait.UntilAsync(() => receiver.All.Count == 1 && host.Pending == 0, () => "the first message");

        Volatile.Write(ref address, IPAddress.Parse("169.254.169.254"));
        var attempts = host.Metrics.Sum("deltaedge_sink_deliveries_total");
        host.Send(target, "after");
        await Wait.UntilAsync(() => host.Metrics.Sum("deltaedge_sink_deliveries_total") >= attempts + 3, () => "three attempts more");

        Assert.Equal(["before"], receiver.Keys);
        Assert.Equal(1, host.Pending);
    }

    /// <summary>As many names as a worker may have targets for, at a name server that is silent.</summary>
    [Fact]
    public async Task NamesThatHang_TakeNoThreadOfThePool()
    {
        const int Targets = 48;
        await using var receiver = await Receiver.StartAsync();
        using var answer = new ManualResetEventSlim();
        var (asked, onPool) = (0, 0);
        await using var host = await DeliveryHost.StartAsync(_directory.Path, resolve: _ =>
        {
            Interlocked.Add(ref onPool, Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
            Interlocked.Increment(ref asked);
            answer.Wait();
            return [IPAddress.Loopback];
        });
        try
        {
            for (var i = 0; i < Targets; i++)
            {
                host.Send(DeliveryHost.Webhook(new Uri($"http://hook{i}.example:{receiver.Address.Port}/")), $"k{i}");
            }

            await Wait.UntilAsync(() => Volatile.Read(ref asked) == Targets, () => $"every name to be asked for; {asked} are");
        }
        finally
        {
            answer.Set();
        }

        await Wait.UntilAsync(() => host.Pending == 0 && receiver.All.Count == Targets, () => $"all to be delivered; {receiver.All.Count} are");
        Assert.Equal(0, onPool);
    }

    [Fact]
    public async Task SlowReceiver_DelaysNobodyElse()
    {
        var release = new TaskCompletionSource();
        await using var slow = await Receiver.StartAsync((_, _) => release.Task);
        await using var quick = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path, o => o.TimeoutSeconds = 60);

        host.Send(DeliveryHost.Webhook(slow.Address), DeliveryHost.Keys(20));
        host.Send(DeliveryHost.Webhook(quick.Address), DeliveryHost.Keys(200));
        await Wait.UntilAsync(() => quick.All.Count == 200, () => $"the quick one to get all; it has {quick.All.Count}");

        Assert.InRange(slow.All.Count, 0, 1);
        release.SetResult();
        await Wait.UntilAsync(() => slow.All.Count == 20, () => $"the slow one to get all; it has {slow.All.Count}");
    }

    [Fact]
    public async Task TenThousandMessages_Flow()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await DeliveryHost.StartAsync(_directory.Path);
        var target = DeliveryHost.Webhook(receiver.Address);
        var keys = DeliveryHost.Keys(10_000);
        foreach (var key in keys)
        {
            await host.Pumps.DeliverAsync(target, new(0, TimeProvider.System.GetUtcNow(), "answer", "cam", key, "{}"u8.ToArray()));
        }

        await Wait.UntilAsync(() => host.Pending == 0, () => $"all to be delivered; {host.Pending} wait", TimeSpan.FromMinutes(2));

        Assert.Equal(keys, receiver.Keys);
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(p => Path.GetFileName(p) != "held"))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}

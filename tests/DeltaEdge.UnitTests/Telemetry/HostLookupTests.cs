using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DeltaEdge.Telemetry.Net;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class HostLookupTests
{
    private static readonly IPAddress[] Addresses = [IPAddress.Parse("192.0.2.1")];

    [Fact]
    public async Task LookupThatFails_IsForgotten()
    {
        var asked = 0;
        var lookup = new HostLookup(_ => ++asked == 1 ? throw new SocketException((int)SocketError.HostNotFound) : Addresses);
        await Assert.ThrowsAsync<SocketException>(() => lookup.FindAsync("camera.test", CancellationToken.None));
        Assert.Equal(Addresses, await lookup.FindAsync("camera.test", CancellationToken.None));
    }

    [Fact]
    public async Task LookupThatRuns_IsJoinedAlsoByWhoLeavesEarly()
    {
        var asked = 0;
        using var answer = new ManualResetEventSlim();
        var lookup = new HostLookup(_ =>
        {
            asked++;
            answer.Wait();
            return Addresses;
        });
        using var leaves = new CancellationTokenSource();
        var first = lookup.FindAsync("camera.test", leaves.Token);
        var second = lookup.FindAsync("CAMERA.test", CancellationToken.None);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.Set();
        Assert.Equal(Addresses, await second);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task NamesThatHang_TakeThreadsOfTheirOwnAndNoMoreThanSoMany()
    {
        var began = new ConcurrentQueue<bool>();
        using var answer = new SemaphoreSlim(0);
        var lookup = new HostLookup(
            _ =>
            {
                began.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
                answer.Wait();
                return Addresses;
            },
            most: 2);
        var all = new[] { "a.test", "b.test", "c.test" }.Select(name => lookup.FindAsync(name, CancellationToken.None)).ToArray();
        await Wait.UntilAsync(() => began.Count == 2, () => $"two to begin; {began.Count} have");
        answer.Release();
        await Task.WhenAny(all);
        await Wait.UntilAsync(() => began.Count == 3, () => "the third to begin");
        Assert.Equal(1, all.Count(t => t.IsCompleted));
        answer.Release(2);
        await Task.WhenAll(all);
        Assert.DoesNotContain(true, began);
    }

    [Fact]
    public async Task Address_IsItsOwnAnswer()
    {
        var lookup = new HostLookup(_ => throw new InvalidOperationException("Nobody has to be asked."));
        Assert.Equal([IPAddress.IPv6Loopback], await lookup.FindAsync("[::1]", CancellationToken.None));
    }
}

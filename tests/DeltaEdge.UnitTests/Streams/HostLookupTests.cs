using System.Net;
using System.Net.Sockets;
using DeltaEdge.Streams.Sources;

namespace DeltaEdge.UnitTests.Streams;

public sealed class HostLookupTests
{
    private static readonly IPAddress[] Addresses = [IPAddress.Parse("192.0.2.1")];

    [Fact]
    public async Task LookupThatFailsAtOnce_IsForgotten()
    {
        var asked = 0;
        var lookup = new HostLookup(_ => ++asked == 1 ? Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)) : Task.FromResult(Addresses));
        await Assert.ThrowsAsync<SocketException>(() => lookup.FindAsync("camera.test", CancellationToken.None));
        Assert.Equal(Addresses, await lookup.FindAsync("camera.test", CancellationToken.None));
    }

    [Fact]
    public async Task LookupThatRuns_IsJoinedAlsoByWhoLeavesEarly()
    {
        var asked = 0;
        var answer = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var lookup = new HostLookup(_ =>
        {
            asked++;
            return answer.Task;
        });
        using var leaves = new CancellationTokenSource();
        var first = lookup.FindAsync("camera.test", leaves.Token);
        var second = lookup.FindAsync("CAMERA.test", CancellationToken.None);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(Addresses);
        Assert.Equal(Addresses, await second);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Address_IsItsOwnAnswer()
    {
        var lookup = new HostLookup(_ => throw new InvalidOperationException("Nobody has to be asked."));
        Assert.Equal([IPAddress.IPv6Loopback], await lookup.FindAsync("[::1]", CancellationToken.None));
    }
}

using System.Net;
using System.Net.Sockets;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.Gateway;
using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Placement;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.Worker;

/// <summary>Worker w1 watches others that are listeners on this machine and have reported once. Reports live for an hour, so only the watch can end them.</summary>
public sealed class PeerWatchTests : IAsyncLifetime
{
    private readonly InProcessFabric _fabric;
    private readonly PeerWatch _watch;
    private readonly List<TcpListener> _listeners = [];

    public PeerWatchTests()
    {
        var clock = new MonotonicClock(TimeProvider.System);
        _fabric = new InProcessFabric(clock, new() { ReportTtlMs = 3_600_000 });
        _watch = new PeerWatch(
            _fabric, _fabric, new WorkerIdentity(new WorkerOptions { Id = "w1" }), Options.Create(new PlacementOptions { SilentMs = 200 }), clock, NullLogger<PeerWatch>.Instance);
    }

    public async ValueTask InitializeAsync()
    {
        await ReportAsync("w1", "http://127.0.0.1:9");
        await _watch.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
        _listeners.ForEach(l => l.Dispose());
    }

    [Fact]
    public async Task PeerWhoseProcessHasEnded_IsSaidGoodbyeForAndItsStreamsAreFree()
    {
        var peer = await AddAsync("w2");
        Assert.True((await _fabric.ClaimAsync("cam", "w2", CancellationToken.None)).Granted);
        await KnockAsync(peer);

        peer.Stop();

        await GoneAsync("w2");
        Assert.Null(_fabric.Find("cam"));
    }

    [Fact]
    public async Task PeerThatStandsStill_Stays()
    {
        var still = await AddAsync("w2");
        var ended = await AddAsync("w3");
        await KnockAsync(still);
        await KnockAsync(ended);
        ended.Stop();
        await GoneAsync("w3");

        // Silent for as long as the other; it is knocked at again and again, and takes every connection.
        await KnockAsync(still);
        await KnockAsync(still);

        Assert.Contains(_fabric.Live, w => w.WorkerId == "w2");
    }

    [Fact]
    public async Task AddressThatNeverTookAConnection_ProvesNothing()
    {
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = AddressOf(closed);
        closed.Stop();
        await ReportAsync("w2", address);
        var ended = await AddAsync("w3");
        await KnockAsync(ended);
        ended.Stop();

        await GoneAsync("w3");

        Assert.Contains(_fabric.Live, w => w.WorkerId == "w2");
    }

    [Theory]
    [InlineData("w2:8081")]
    [InlineData("http://")]
    [InlineData("http://fd00::1:8081")]
    [InlineData("")]
    public async Task AddressThatIsNone_LeavesTheOthersWatched(string address)
    {
        await ReportAsync("w2", address);
        var ended = await AddAsync("w3");
        await KnockAsync(ended);

        ended.Stop();

        await GoneAsync("w3");
        Assert.Contains(_fabric.Live, w => w.WorkerId == "w2");
    }

    private static string AddressOf(TcpListener listener) => $"http://{listener.LocalEndpoint}";

    /// <summary>Waits for a connection of the watch.</summary>
    private static async Task KnockAsync(TcpListener peer)
    {
        using var patience = new CancellationTokenSource(Wait.Limit);
        using var client = await peer.AcceptTcpClientAsync(patience.Token);
    }

    private async Task<TcpListener> AddAsync(string id)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        _listeners.Add(listener);
        listener.Start();
        await ReportAsync(id, AddressOf(listener));
        return listener;
    }

    private async Task ReportAsync(string id, string address) => Assert.True(await _fabric.PublishAsync(TestGateway.ReportOf(id, address, 1), CancellationToken.None));

    private Task GoneAsync(string id) => Told.UntilAsync(_fabric.MembershipChanged, () => _fabric.Live.All(w => w.WorkerId != id), () => $"{id} to be gone");
}

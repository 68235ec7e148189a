using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Delivery;
using Microsoft.Extensions.DependencyInjection;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>How long messages wait for a receiver that is away, on machines whose clocks are set while they do.</summary>
public sealed class DeliveryAgeTests : IDisposable
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly TemporaryDirectory _directory = new();
    private readonly SteppedTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task MessageThatHasWaitedTooLong_IsGivenUp()
    {
        var target = await AwayAsync();
        await using var host = await StartAsync();
        host.Send(target, "old");
        await Wait.UntilAsync(() => host.Pending == 1, () => "it to wait");

        _time.Pass(TimeSpan.FromHours(25));

        await Wait.UntilAsync(() => host.Pending == 0, () => "it to be given up");
    }

    [Fact]
    public async Task WallClockThatStepsForward_ExpiresNothing()
    {
        var target = await AwayAsync();
        await using var host = await StartAsync();
        host.Send(target, "a", "b");
        await Wait.UntilAsync(() => host.Pending == 2, () => "both to wait");

        _time.Step(Week);
        host.Send(target, "c");

        await using var back = await Receiver.StartAsync(port: new Uri(target.Url).Port);
        await Wait.UntilAsync(() => back.Keys.Contains("c"), () => $"all to be delivered; {host.Pending} wait");
        Assert.Equal(["a", "b", "c"], back.Keys.Distinct());
    }

    [Fact]
    public async Task WhatAnEarlierRunHasLeft_IsTriedWhateverTheWallClockSays()
    {
        var target = await AwayAsync();
        await using (var host = await StartAsync())
        {
            host.Send(target, "a", "b");
            await Wait.UntilAsync(() => host.Pending == 2, () => "both to wait");
        }

        _time.Step(Week);
        await using var back = await Receiver.StartAsync(port: new Uri(target.Url).Port);
        await using var next = await StartAsync();

        await Wait.UntilAsync(() => next.Pending == 0, () => $"all to be delivered; {next.Pending} wait");
        Assert.Equal(["a", "b"], back.Keys);
    }

    [Fact]
    public async Task DiskThatCannotBeWrittenAtTheFirstMessage_IsUsedOnceItCan()
    {
        var target = await AwayAsync();
        var root = Path.Combine(_directory.Path, "outbox");
        await File.WriteAllTextAsync(root, "");
        await using (var host = await StartAsync(root))
        {
            host.Send(target, "a");
            await Wait.UntilAsync(() => host.Pending == 1, () => "it to wait");
            Assert.Equal(1, host.Pumps.All.Single().Outbox.CountInMemory);
            File.Delete(root);

            host.Send(target, "b");
            await Wait.UntilAsync(() => host.Pending == 2, () => "both to wait");
            Assert.Equal(1, host.Pumps.All.Single().Outbox.CountInMemory);
        }

        await using var back = await Receiver.StartAsync(port: new Uri(target.Url).Port);
        await using var next = await StartAsync(root);
        await Wait.UntilAsync(() => back.Keys.Contains("b"), () => "what was on disk to be delivered after a restart");
    }

    private static async Task<DeliveryTarget> AwayAsync()
    {
        await using var before = await Receiver.StartAsync();
        return DeliveryHost.Webhook(before.Address);
    }

    private Task<DeliveryHost> StartAsync(string? root = null) =>
        DeliveryHost.StartAsync(root ?? _directory.Path, add: services => services.AddSingleton<TimeProvider>(_time));
}

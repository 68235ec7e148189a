using DeltaEdge.ComponentTests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.ComponentTests.Gateway;

public sealed class RoutingTests
{
    [Fact]
    public async Task BacklogsDiffer_LessLoadedTakesEveryAsk()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.AddWorkerAsync("busy", backlogSeconds: 2);
        await gateway.AddWorkerAsync("idle");

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("idle", await gateway.AskedWorkerAsync());
        }
    }

    [Fact]
    public async Task WhatOperatesAWorker_IsNotForwarded()
    {
        await using var gateway = await TestGateway.StartAsync();
        var worker = await gateway.AddWorkerAsync("w1");

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            using var response = await gateway.Http.SendAsync(new HttpRequestMessage(method, "/admin/model"));
            Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        }

        Assert.Empty(worker.Requests);
    }

    [Fact]
    public async Task LoadTurns_NextReportTurnsTheRouting()
    {
        await using var gateway = await TestGateway.StartAsync();
        var first = await gateway.AddWorkerAsync("w1");
        await gateway.AddWorkerAsync("w2", backlogSeconds: 1);
        Assert.Equal("w1", await gateway.AskedWorkerAsync());

        await gateway.ReportAsync("w1", first.Address, backlogSeconds: 3);

        Assert.Equal("w2", await gateway.AskedWorkerAsync());
    }

    [Fact]
    public async Task ManyAsksBetweenHeartbeats_AreSharedOutBySpeedNotByCount()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (fast, slow) = (await gateway.AddWorkerAsync("fast"), await gateway.AddWorkerAsync("slow"));
        await gateway.ReportAsync("slow", slow.Address, askSeconds: 0.3);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new CountdownEvent(8);
        foreach (var worker in new[] { fast, slow })
        {
            worker.Respond = async context =>
            {
                arrived.Signal();
                await release.Task;
                await context.Response.WriteAsJsonAsync(new { worker = worker.Id });
            };
        }

        var asks = Enumerable.Range(0, 8).Select(_ => gateway.AskedWorkerAsync()).ToList();
        Assert.True(arrived.Wait(Wait.Limit), "All asks should have arrived.");
        release.SetResult();
        await Task.WhenAll(asks);

        Assert.Equal((6, 2), (fast.Requests.Length, slow.Requests.Length));
    }

    [Fact]
    public async Task StreamIsAdded_LessLoadedWorkerTakesIt()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.AddWorkerAsync("busy", backlogSeconds: 2);
        var idle = await gateway.AddWorkerAsync("idle");

        using var response = await gateway.Http.PostAsync("/v1/streams", new StringContent("{}"));

        Assert.Equal("POST /v1/streams", Assert.Single(idle.Requests) is var seen ? $"{seen.Method} {seen.Target}" : "");
    }

    [Fact]
    public async Task ModelsAreListed_AnyWorkerAnswers()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.AddWorkerAsync("w1");

        Assert.Contains("w1", await gateway.Http.GetStringAsync("/v1/models"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherPolicyIsConfigured_ItDecides()
    {
        await using var gateway = await TestGateway.StartAsync(("DeltaEdge:Gateway:RoutingPolicy", "FirstAlphabetical"));
        await gateway.AddWorkerAsync("a", backlogSeconds: 9);
        await gateway.AddWorkerAsync("b");

        Assert.Equal("a", await gateway.AskedWorkerAsync());
    }
}

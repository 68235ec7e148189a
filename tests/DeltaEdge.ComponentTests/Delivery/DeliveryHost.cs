using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net;
using DeltaEdge.ComponentTests.Inference;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Events;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Streams;
using DeltaEdge.Delivery;
using DeltaEdge.Delivery.Intake;
using DeltaEdge.Delivery.Pumping;
using DeltaEdge.Telemetry.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeltaEdge.ComponentTests.Delivery;

/// <summary>The delivery half of a worker, without cameras: what is added to its queue goes through the outbox to real servers.</summary>
internal sealed class DeliveryHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DeliveryLoop _loop;

    private DeliveryHost(ServiceProvider services) => (_services, _loop) = (services, ActivatorUtilities.CreateInstance<DeliveryLoop>(services));

    public DeliveryQueue Queue => _services.GetRequiredService<DeliveryQueue>();

    public TargetPumps Pumps => _services.GetRequiredService<TargetPumps>();

    public CollectedMetrics Metrics { get; private init; } = null!;

    public int Pending => Pumps.All.Sum(p => p.Outbox.Count);

    public static async Task<DeliveryHost> StartAsync(string folder, Action<DeliveryOptions>? configure = null, Func<string, IPAddress[]>? resolve = null, Action<IServiceCollection>? add = null)
    {
        var metrics = new CollectedMetrics();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSingleton<IMeterFactory>(metrics);
        if (resolve is not null)
        {
            services.AddSingleton(new HostLookup(resolve));
        }

        add?.Invoke(services);
        services.AddFabric(new ConfigurationBuilder().Build()).AddStreams().AddDelivery();
        services.Configure<DeliveryOptions>(o =>
        {
            (o.Directory, o.AllowPrivateTargets, o.RetryMinSeconds, o.RetryMaxSeconds) = (folder, true, 0.01, 0.05);
            configure?.Invoke(o);
        });
        var host = new DeliveryHost(services.BuildServiceProvider()) { Metrics = metrics };
        await host._loop.StartAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Hands events over, one after another.</summary>
    public void Send(DeliveryTarget target, params IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            Queue.Add([target], new StreamEvent { Type = "rule", StreamId = "cam", At = TimeProvider.System.GetUtcNow(), DedupeKey = key });
        }
    }

    public static DeliveryTarget Webhook(Uri url, string? secret = null) =>
        new() { Type = SinkKinds.Webhook, Url = url.ToString(), Secret = secret, What = ["events", "answers"] };

    public static StreamSpec Spec(params DeliveryTarget[] targets) => new()
    {
        Id = "cam",
        Source = "a",
        Questions = [new StreamQuestion("q1", "How many cars are there?", QuestionKind.Count)],
        Fps = 1,
        SlaClass = "standard",
        DeadlineMs = 500,
        Range = new BudgetRange(4, 576),
        Deliver = [.. targets],
    };

    public static string[] Keys(int count, string prefix = "cam:r:") => [.. Enumerable.Range(0, count).Select(i => $"{prefix}{i}")];

    public async ValueTask DisposeAsync()
    {
        await _loop.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        Metrics.Dispose();
    }
}

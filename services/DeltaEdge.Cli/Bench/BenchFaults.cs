using System.Globalization;
using DeltaEdge.Cli.Cluster;
using DeltaEdge.Cli.Roles;
using DeltaEdge.Core.Time;
using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Cli.Bench;

/// <summary>
/// Takes from a cluster what a workload takes, when it does, and gives it back: workers are killed and started anew, and serve when they have
/// started, seconds later; shared state ends and comes back empty.
/// </summary>
internal sealed class BenchFaults(LocalCluster cluster, MonotonicClock clock)
{
    /// <summary>Completes when all that comes back has, which may be after the workload's end.</summary>
    /// <param name="workload">Begins with this call.</param>
    /// <param name="cancellationToken">Ends it where it is.</param>
    public Task ApplyAsync(Workload workload, CancellationToken cancellationToken)
    {
        var began = clock.Now;
        return Task.WhenAll(TakeWorkersAsync(workload, began, cancellationToken), TakeStateAsync(workload, began, cancellationToken));
    }

    private async Task TakeWorkersAsync(Workload workload, TimeSpan began, CancellationToken cancellationToken)
    {
        var starting = new List<Task>(); // Not waited for here: the next loss comes when it comes.
        foreach (var fault in workload.Faults)
        {
            await UntilAsync(began, fault.AtSeconds, cancellationToken);
            var name = string.Create(CultureInfo.InvariantCulture, $"worker-{fault.Worker + 1}");
            if (fault.Returns)
            {
                starting.Add(cluster.AddAsync(RoleCommands.Worker, name, environment: null, cancellationToken));
            }
            else if (cluster.Workers.FirstOrDefault(w => w.Name == name) is { } lost)
            {
                await cluster.LoseAsync(lost);
            }
        }

        await Task.WhenAll(starting);
    }

    private async Task TakeStateAsync(Workload workload, TimeSpan began, CancellationToken cancellationToken)
    {
        foreach (var outage in workload.Outages)
        {
            await UntilAsync(began, outage.FromSeconds, cancellationToken);
            await cluster.Redis!.KillAsync();
            await UntilAsync(began, outage.ToSeconds, cancellationToken);
            await cluster.Redis.StartAgainAsync(cancellationToken);
        }
    }

    private Task UntilAsync(TimeSpan began, double seconds, CancellationToken cancellationToken)
    {
        var wait = began + TimeSpan.FromSeconds(seconds) - clock.Now;
        return wait > TimeSpan.Zero ? Task.Delay(wait, clock.Provider, cancellationToken) : Task.CompletedTask;
    }
}

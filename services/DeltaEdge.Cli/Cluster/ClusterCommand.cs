using System.CommandLine;
using System.Globalization;
using System.Text;
using DeltaEdge.Cli.Up;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Cluster;

/// <summary><c>deltaedge cluster</c>: a cluster of real processes on this machine, to try out what `up` has in one.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var workers = new Option<int>("--workers") { Description = "Workers; the machine's cores are shared out among them.", DefaultValueFactory = _ => 2 };
        var gateways = new Option<int>("--gateways") { Description = "Gateways; any of them takes any request.", DefaultValueFactory = _ => 2 };
        var controllers = new Option<int>("--controllers") { Description = "Controllers; one leads, the others stand by.", DefaultValueFactory = _ => 1 };
        var port = new Option<int>("--port") { Description = "Port of the first gateway; 0 takes a free one. All others take free ones.", DefaultValueFactory = _ => 0 };
        var model = new Option<string?>("--model") { Description = "Model package; default: the one that ships." };
        var demo = new Option<bool>("--demo") { Description = "Add the four demo cameras." };
        var logs = new Option<string>("--logs") { Description = "Folder for a log per process.", DefaultValueFactory = _ => "artifacts/cluster" };
        var command = new Command("cluster", "Start redis-server, workers, gateways and controllers as processes on this machine. Example: deltaedge cluster --workers 2 --controllers 2 --demo")
        {
            workers, gateways, controllers, port, model, demo, logs,
        };
        foreach (var count in (Option<int>[])[workers, gateways, controllers])
        {
            count.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is < 1 or > ClusterOptions.MostOfARole)
                {
                    result.AddError($"{count.Name} must be 1 to {ClusterOptions.MostOfARole}.");
                }
            });
        }

        command.SetAction((parsed, cancellation) => RunAsync(
            new ClusterOptions
            {
                Model = ModelLocation.Find(parsed.GetValue(model)),
                Folder = Path.GetFullPath(parsed.GetValue(logs)!),
                Workers = parsed.GetValue(workers),
                Gateways = parsed.GetValue(gateways),
                Controllers = parsed.GetValue(controllers),
                Port = parsed.GetValue(port),
            },
            parsed.GetValue(demo),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ClusterOptions options, bool demo, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Starting with the model in {options.Model}; logs are in {options.Folder} …");
        await using var cluster = await LocalCluster.StartAsync(options, cancellationToken);
        if (demo)
        {
            await DemoCameras.AddAsync(cluster.Gateways[0].Address, key: null, options.Model, cancellationToken);
        }

        Console.WriteLine(Banner(cluster));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Console.WriteLine("Stopping …");
        await cluster.StopAsync();
        return 0;
    }

    private static string Banner(LocalCluster cluster)
    {
        var text = new StringBuilder("\n  The cluster is up.\n\n");
        foreach (var role in cluster.Roles.OrderBy(r => r.Role == Roles.RoleCommands.Gateway ? 0 : 1))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {role.Name,-14} {role.Address.ToString().TrimEnd('/'),-24} process {role.Id}\n");
        }

        if (cluster.Redis is { } redis)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {"redis",-14} {redis.ConnectionString,-24} process {redis.Id}\n");
        }

        var gateway = cluster.Gateways[0].Address.ToString().TrimEnd('/');
        var self = Path.Combine(AppContext.BaseDirectory, "deltaedge");
        return text.Append(CultureInfo.InvariantCulture, $"""

              Live page      {gateway}/
              Fleet          curl -s {gateway}/v1/status
              Load           {self} load --url {gateway}
              Bench          {self} bench --url {gateway} --workload w1-rho0.6 w2-cv4 --seconds 20
              Kill a worker  kill -9 {cluster.Workers[^1].Id}
              Stop: Ctrl+C
            """).ToString();
    }
}

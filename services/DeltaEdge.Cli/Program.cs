using System.CommandLine;
using DeltaEdge.Cli;
using DeltaEdge.Cli.Ask;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Cli.Capacity;
using DeltaEdge.Cli.Cluster;
using DeltaEdge.Cli.Keys;
using DeltaEdge.Cli.Load;
using DeltaEdge.Cli.Model;
using DeltaEdge.Cli.Monitoring;
using DeltaEdge.Cli.Roles;
using DeltaEdge.Cli.Settings;
using DeltaEdge.Cli.Simulate;
using DeltaEdge.Cli.Smoke;
using DeltaEdge.Cli.Up;

var root = new RootCommand("DeltaEdge answers questions about live video inside a deadline; under load it spends fewer visual tokens instead of getting late.")
{
    UpCommand.Create(),
    ClusterCommand.Create(),
    AskCommand.Create(),
    LoadCommand.Create(),
    BenchCommand.Create(),
    CapacityCommand.Create(),
    SimulateCommand.Create(),
    BenchSmokeCommand.Create(),
    ModelCommand.Create(),
    MonitoringCommand.Create(),
    SettingsCommand.Create(),
    KeysCommand.Create(),
};
foreach (var role in RoleCommands.Create())
{
    root.Add(role);
}

// Told to stop, a role first finishes what it has begun, within its host's shutdown timeout.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2), EnableDefaultExceptionHandler = false };
return await CommandEnd.OfAsync(() => root.Parse(args).InvokeAsync(configuration));

using System.CommandLine;
using DeltaEdge.Cli.Ask;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Cli.Capacity;
using DeltaEdge.Cli.Load;
using DeltaEdge.Cli.Model;
using DeltaEdge.Cli.Simulate;
using DeltaEdge.Cli.Smoke;
using DeltaEdge.Cli.Up;

var root = new RootCommand("DeltaEdge answers questions about live video inside a deadline; under load it spends fewer visual tokens instead of getting late.")
{
    UpCommand.Create(),
    AskCommand.Create(),
    LoadCommand.Create(),
    BenchCommand.Create(),
    CapacityCommand.Create(),
    SimulateCommand.Create(),
    BenchSmokeCommand.Create(),
    ModelCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

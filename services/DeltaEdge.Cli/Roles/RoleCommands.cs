using System.CommandLine;
using DeltaEdge.Controller;

namespace DeltaEdge.Cli.Roles;

/// <summary><c>deltaedge worker</c>, <c>gateway</c>, <c>controller</c>: one role in a process of its own, as its host program runs it.</summary>
internal static class RoleCommands
{
    public const string Worker = "worker";
    public const string Gateway = "gateway";
    public const string Controller = "controller";

    /// <summary>Ends the process when its standard input ends, so that it never outlives who started it.</summary>
    public const string WithParent = "--with-parent";

    public static IEnumerable<Command> Create() =>
    [
        One(Worker, "Run one worker: cameras, the engine, its API.", "http://0.0.0.0:8081", WorkerHost),
        One(Gateway, "Run one gateway: the address that clients use.", "http://0.0.0.0:8080", GatewayHost),
        One(Controller, "Run one controller: the slow budget loop.", "http://0.0.0.0:8082", ControllerHost),
    ];

    private static Command One(string name, string what, string address, Func<string[], WebApplication> build)
    {
        var settings = new Argument<string[]>("settings") { Description = "Settings, each --NAME=VALUE; 'deltaedge settings' lists them.", Arity = ArgumentArity.ZeroOrMore };
        var withParent = new Option<bool>(WithParent) { Description = "End at once when standard input ends.", Hidden = true };
        var command = new Command(
            name,
            $"{what} Settings come from the environment (DeltaEdge__Fabric__Mode=Redis) or as arguments (--DeltaEdge:Fabric:Mode=Redis --urls={address}).")
        {
            settings, withParent,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(withParent))
            {
                ParentWatch.Start();
            }

            await using var app = build(parsed.GetValue(settings)!);
            await app.StartAsync(cancellation);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        });
        return command;
    }

    private static WebApplicationBuilder NewBuilder(string[] arguments) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });

    private static WebApplication WorkerHost(string[] arguments) => NewBuilder(arguments).AddWorker().Build().MapWorker();

    private static WebApplication GatewayHost(string[] arguments) => NewBuilder(arguments).AddGateway().Build().MapGateway();

    private static WebApplication ControllerHost(string[] arguments)
    {
        var builder = NewBuilder(arguments);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
        {
            builder.WebHost.UseUrls(ControllerDefaults.Address);
        }

        builder.Services.AddDeltaEdgeTelemetry().AddFabric(builder.Configuration).AddController();
        var app = builder.Build();
        app.MapMetrics();
        app.MapHealth();
        return app;
    }
}

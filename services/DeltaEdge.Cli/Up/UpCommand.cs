using System.CommandLine;
using System.Globalization;
using System.Net;
using DeltaEdge.Worker.Hosting;
using Microsoft.AspNetCore.Connections;

namespace DeltaEdge.Cli.Up;

/// <summary><c>deltaedge up</c>: everything in one process, with four demo cameras.</summary>
internal static class UpCommand
{
    private const int DefaultPort = 8080;

    public static Command Create()
    {
        var host = new Option<string>("--host") { Description = "Address to listen on; 0.0.0.0 for all.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => DefaultPort };
        var model = new Option<string?>("--model") { Description = "Model package; default: the one that ships." };
        var noDemo = new Option<bool>("--no-demo") { Description = "Start without the demo cameras." };
        var verbose = new Option<bool>("--verbose") { Description = "Log what happens, not only warnings." };
        var command = new Command("up", "Start gateway, worker and controller in this process, with four demo cameras and a live page. Example: deltaedge up --port 8080")
        {
            host, port, model, noDemo, verbose,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(host)!, parsed.GetValue(port), parsed.GetValue(model), !parsed.GetValue(noDemo), parsed.GetValue(verbose), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string host, int port, string? model, bool demo, bool verbose, CancellationToken cancellationToken)
    {
        if (port is < 0 or > 65535 || !(host == "localhost" || IPAddress.TryParse(host, out _)) || (host == "localhost" && port == 0))
        {
            // A name that the server does not know would open every interface.
            Console.Error.WriteLine($"--host is '{host}' and --port {port}; allowed: an IP address of this machine or localhost, and a port from 0 to 65535, where 0 takes a free one and needs an address such as 127.0.0.1.");
            return 1;
        }

        try
        {
            var package = ModelLocation.Find(model);
            Console.WriteLine($"Starting with the model in {package} …");
            await using var system = await EmbeddedSystem.StartAsync(new EmbeddedOptions(package, host, port, Settings(package, verbose)), cancellationToken);
            if (demo)
            {
                await DemoCameras.AddAsync(system.Gateway, system.Key, package, cancellationToken);
            }

            Console.WriteLine(Banner(system.Gateway, package, system.KeysAreRequired ? system.Key : null));
            await system.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            Console.Error.WriteLine($"{host}:{port} is taken by another program; choose another port with --port, or 0 for a free one.");
            return 1;
        }
    }

    private static Dictionary<string, string?> Settings(string package, bool verbose) => new()
    {
        ["DeltaEdge:Streams:AllowedDirectories:clips"] = ModelLocation.Clips(package), // Beside those that the environment numbers.
        ["DeltaEdge:Delivery:AllowPrivateTargets"] = Environment.GetEnvironmentVariable("DeltaEdge__Delivery__AllowPrivateTargets") ?? "true",
        ["Logging:LogLevel:Default"] = verbose ? "Information" : "Warning",
    };

    private static string Banner(Uri gateway, string package, string? key)
    {
        var address = gateway.ToString().TrimEnd('/').Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        var load = gateway.Port == DefaultPort ? "make load" : $"{Environment.ProcessPath} load --url {address}";
        var header = key is null ? "" : $" -H 'x-api-key: {key}'";
        var keyLine = key is null ? "" : $"\n  API key     {key}\n              of this run alone; others can reach this address, so every request needs one";
        var sample = Path.Combine(package, "samples", "carpark.jpg");
        return string.Create(CultureInfo.InvariantCulture, $$$"""

              DeltaEdge is up.

              Live page   {{{address}}}/
              Metrics     {{{address}}}/metrics
              Cameras     {{{address}}}/v1/streams{{{keyLine}}}

              Ask about an image:
              echo '{"messages":[{"role":"user","content":[{"type":"text","text":"How many cars are there?"},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,'$(base64 -w0 {{{sample}}})'"}}]}]}' | curl -s {{{address}}}/v1/chat/completions -H 'content-type: application/json'{{{header}}} -d @-

              Add load (second terminal): {{{load}}}
              Stop: Ctrl+C
            """);
    }
}

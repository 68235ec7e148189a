using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.Core.Wire;
using DeltaEdge.Worker.Swapping;

namespace DeltaEdge.Cli.Model;

/// <summary><c>deltaedge model swap</c>: another model in a worker that serves, without a failed ask.</summary>
internal static class SwapCommand
{
    /// <summary>As the roles read it: whoever knows the fleet's secret operates its workers.</summary>
    private const string SecretVariable = "DeltaEdge__Fabric__GatewaySecret";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var package = new Argument<string>("package") { Description = "Folder of the package on the worker's machine, below one that its DeltaEdge:Worker:PackageDirectories names." };
        var url = new Option<string>("--url") { Description = $"The worker itself, not a gateway; the fleet's secret is read from {SecretVariable}.", Required = true };
        var command = new Command(
            "swap",
            "Change a worker's model while it serves: the new one is made ready beside the old one, takes over, and the old one finishes what it has and gives its memory back; for that time the worker holds both. "
            + "Example: deltaedge model swap /models/nano-2 --url http://10.0.0.7:8081")
        {
            package, url,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(package)!, parsed.GetValue(url)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string package, string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine($"--url is '{address}'; allowed: an http or https address of a worker.");
            return 1;
        }

        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
        if (Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } secret)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(EdgeHeaders.GatewaySecret, secret);
        }

        try
        {
            using var begun = await http.PostAsJsonAsync(SwapEndpoint.Path, new { package = Path.GetFullPath(package) }, cancellationToken);
            var status = await ReadAsync(begun, cancellationToken);
            using var timer = new PeriodicTimer(Look);
            for (SwapPhase? said = null; ; await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (said != status.Swap!.State)
                {
                    said = status.Swap.State;
                    Console.WriteLine($"{JsonSerializer.SerializeToElement(said, SwapJson.Default.SwapPhase).GetString()}: {status.Swap.Model ?? status.Swap.Package}");
                }

                if (status.Swap.HasEnded)
                {
                    break;
                }

                using var seen = await http.GetAsync(new Uri(SwapEndpoint.Path, UriKind.Relative), cancellationToken);
                status = await ReadAsync(seen, cancellationToken);
            }

            await Console.Error.WriteAsync(status.Swap.Error is { } error ? $"{error}{Environment.NewLine}" : "");
            return status.Swap.Error is null ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Console.Error.WriteLine($"{url} does not answer as a worker would: {e.Message}");
            return 1;
        }
    }

    /// <exception cref="HttpRequestException">The worker refused; the message is its own.</exception>
    private static async Task<ModelStatus> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var refusal = await response.Content.ReadFromJsonAsync(WireJson.Default.ApiErrorBody, cancellationToken);
            throw new HttpRequestException(refusal?.Error.Message, null, response.StatusCode);
        }

        return (await response.Content.ReadFromJsonAsync(SwapJson.Default.ModelStatus, cancellationToken))!;
    }
}

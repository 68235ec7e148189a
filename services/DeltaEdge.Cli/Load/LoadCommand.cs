using System.CommandLine;
using System.Globalization;
using DeltaEdge.Cli.Keys;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Core.Time;

namespace DeltaEdge.Cli.Load;

/// <summary><c>deltaedge load</c>: open-loop load on a running system, a line each second.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = $"Gateway to load; if it wants an API key, set {ClientKey.Variable}.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var rate = new Option<double?>("--rate") { Description = "Asks per second. Left out: --times what the fleet can serve at its largest budget." };
        var times = new Option<double>("--times") { Description = "Load as a multiple of the fleet's capacity at its largest budget, when --rate is left out.", DefaultValueFactory = _ => 2.5 };
        var seconds = new Option<int>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 20 };
        var sla = new Option<string>("--sla-class") { Description = "SLA class of the asks.", DefaultValueFactory = _ => "priority" };
        var budget = new Option<string>("--budget") { Description = "auto, or a fixed visual-token budget.", DefaultValueFactory = _ => "auto" };
        var seed = new Option<int>("--seed") { Description = "Seed of the arrivals.", DefaultValueFactory = _ => 1 };
        var command = new Command("load", "Send asks to a running system at a rate of your own, and watch the budget follow. Example: deltaedge load --times 2.5 --seconds 30")
        {
            url, rate, times, seconds, sla, budget, seed,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(url)!, parsed.GetValue(rate), parsed.GetValue(times), parsed.GetValue(seconds),
            parsed.GetValue(sla)!, parsed.GetValue(budget)!, parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string address, double? rate, double times, int seconds, string sla, string budget, int seed, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine($"--url is '{address}'; allowed: an http or https address, for example http://127.0.0.1:8080.");
            return 1;
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) }.WithKeyOfEnvironment();
        double perSecond;
        try
        {
            perSecond = rate ?? (times * await BenchTarget.CapacityAsync(http, url, cancellationToken));
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"{e.Message} Start it with 'make run', or name it with --url.");
            return 1;
        }

        Console.WriteLine("Reading frames from the sample clips …");
        var clock = new MonotonicClock(TimeProvider.System);
        var items = await LoadItems.BuildAsync(ModelLocation.Clips(ModelLocation.Find(null)), sla, budget, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0} asks/s of class {sla} for {seconds} s, {items.Count} different frames. Watch {url}"));
        Console.WriteLine(LoadTally.Header);

        var tally = new LoadTally();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var generator = new LoadGenerator(http, new Uri(url, "/v1/chat/completions"), items, clock, seed);
        var began = clock.Now;
        var running = generator.RunAsync(() => perSecond, tally.Add, end.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock.Provider);
        for (var second = 1; second <= seconds && await NextAsync(timer, cancellationToken); second++)
        {
            Console.WriteLine(tally.Line(clock.Now - began, 1));
        }

        await end.CancelAsync();
        await running;
        Console.WriteLine("All:");
        Console.WriteLine(tally.Total(clock.Now - began));
        return 0;
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

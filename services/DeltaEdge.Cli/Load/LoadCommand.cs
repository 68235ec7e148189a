using System.CommandLine;
using System.Globalization;
using DeltaEdge.Cli.Bench;
using DeltaEdge.Cli.Keys;
using DeltaEdge.Core.Time;
using DeltaEdge.Worker.Hosting;

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
        var budget = new Option<string>("--budget") { Description = "auto, or a fixed visual-token budget.", DefaultValueFactory = _ => LoadOptions.Auto };
        var seed = new Option<int>("--seed") { Description = "Seed of the arrivals.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "load",
            "Send asks to a running system at a rate of your own, and watch the budget follow. Ends with 1 if none was answered. Example: deltaedge load --times 2.5 --seconds 30")
        {
            url, rate, times, seconds, sla, budget, seed,
        };
        command.SetAction((parsed, cancellation) => RunAsync(new LoadOptions
        {
            Url = parsed.GetValue(url)!,
            Rate = parsed.GetValue(rate),
            Times = parsed.GetValue(times),
            Seconds = parsed.GetValue(seconds),
            SlaClass = parsed.GetValue(sla)!,
            Budget = parsed.GetValue(budget)!,
            Seed = parsed.GetValue(seed),
        }, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        if (options.Problem is { } problem)
        {
            Console.Error.WriteLine(problem);
            return 1;
        }

        var url = new Uri(options.Url);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) }.WithKeyOfEnvironment();
        double perSecond;
        try
        {
            perSecond = options.Rate ?? (options.Times * await BenchTarget.CapacityAsync(http, url, cancellationToken));
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"{e.Message} Start it with 'make run', or name it with --url.");
            return 1;
        }

        Console.WriteLine("Reading frames from the sample clips …");
        var items = await LoadItems.BuildAsync(ModelLocation.Clips(ModelLocation.Find(null)), options.SlaClass, options.Budget, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0} asks/s of class {options.SlaClass} for {options.Seconds} s, {items.Count} different frames. Watch {url}"));
        var tally = await SendAsync(options, http, perSecond, items, cancellationToken);
        if (tally.Answered == 0)
        {
            Console.Error.WriteLine($"Nothing was answered: {tally.Statuses()}.");
        }

        return tally.Answered == 0 ? 1 : 0;
    }

    private static async Task<LoadTally> SendAsync(LoadOptions options, HttpClient http, double perSecond, IReadOnlyList<LoadItem> items, CancellationToken cancellationToken)
    {
        Console.WriteLine(LoadTally.Header);
        var tally = new LoadTally();
        var clock = new MonotonicClock(TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var generator = new LoadGenerator(http, new Uri(new Uri(options.Url), "/v1/chat/completions"), items, clock, options.Seed);
        var began = clock.Now;
        var running = generator.RunAsync(() => perSecond, tally.Add, end.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock.Provider);
        for (var second = 1; second <= options.Seconds && await NextAsync(timer, cancellationToken); second++)
        {
            Console.WriteLine(tally.Line(clock.Now - began, 1));
        }

        await end.CancelAsync();
        await running;
        Console.WriteLine("All:");
        Console.WriteLine(tally.Total(clock.Now - began));
        return tally;
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

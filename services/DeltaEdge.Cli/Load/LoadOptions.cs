using System.Globalization;

namespace DeltaEdge.Cli.Load;

/// <summary>What the command line of <c>deltaedge load</c> said.</summary>
internal sealed record LoadOptions
{
    public const string Auto = "auto";

    private const double MostRate = 100_000;
    private const double MostTimes = 1000;
    private const int MostSeconds = 86_400;

    public required string Url { get; init; }

    /// <summary>Asks per second; null for <see cref="Times"/> the fleet's capacity.</summary>
    public double? Rate { get; init; }

    public required double Times { get; init; }

    public required int Seconds { get; init; }

    public required string SlaClass { get; init; }

    /// <summary><see cref="Auto"/>, or visual tokens; which of them there are the system says.</summary>
    public required string Budget { get; init; }

    public required int Seed { get; init; }

    /// <summary>What of it cannot be, and what is allowed; null if nothing.</summary>
    public string? Problem => this switch
    {
        _ when !Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") => $"--url is '{Url}'; allowed: an http or https address, for example http://127.0.0.1:8080.",
        { Rate: not (null or (> 0 and <= MostRate)) } => Not("--rate", Rate, $"above 0, to {MostRate}"),
        { Times: not (> 0 and <= MostTimes) } => Not("--times", Times, $"above 0, to {MostTimes}"),
        { Seconds: < 1 or > MostSeconds } => Not("--seconds", Seconds, $"1 to {MostSeconds}"),
        { Budget: not Auto } when !(int.TryParse(Budget, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) && tokens > 0) => Not("--budget", $"'{Budget}'", $"{Auto}, or a budget of the model, for example 144"),
        _ => null,
    };

    private static string Not(string option, object? value, string allowed) =>
        string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; allowed: {allowed}.");
}

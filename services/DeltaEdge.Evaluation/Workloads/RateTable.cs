using System.Collections.Immutable;
using System.Globalization;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>A user's own load: asks per second, one number for each second.</summary>
public sealed record RateTable
{
    /// <summary>Asks per second, in order of seconds; not empty, each finite and not negative.</summary>
    public required ImmutableArray<double> Rates { get; init; }

    /// <summary>
    /// Reads <c>second,rate</c> lines, seconds rising by one from wherever they begin, or one rate per line. A header line may come
    /// first; empty lines say nothing.
    /// </summary>
    /// <exception cref="FormatException">Something else is in it; the message names the line, counted from 1, and what is wrong.</exception>
    public static RateTable Parse(string csv)
    {
        var rates = ImmutableArray.CreateBuilder<double>();
        int? columns = null;
        double? before = null;
        var first = true;
        var number = 0;
        foreach (var line in csv.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace())
            {
                continue;
            }

            var fields = line.ToString().Split(',', StringSplitOptions.TrimEntries);
            var header = first && !fields.Any(f => Number(f) is not null);
            first = false;
            if (header)
            {
                continue;
            }

            if (fields.Length > 2 || (columns ??= fields.Length) != fields.Length)
            {
                throw Wrong(number, $"has {fields.Length} columns; wanted is 'second,rate' on every line, or one rate on every line.");
            }

            if (fields.Length == 2)
            {
                before = Second(fields[0], before, number);
            }

            rates.Add(Rate(fields[^1], number));
        }

        return rates.Count > 0 ? new() { Rates = rates.ToImmutable() } : throw new FormatException("There is no rate in it.");
    }

    /// <summary>Poisson arrivals within each second, at any client alike. The run is as long as the table, whatever the settings say.</summary>
    /// <param name="name">Name of the workload.</param>
    /// <param name="settings">Seed and kinds.</param>
    /// <param name="scale">Every rate is multiplied by it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not above 0.</exception>
    public Workload ToWorkload(string name, WorkloadSettings settings, double scale = 1)
    {
        if (!(scale > 0 && double.IsFinite(scale)))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale must be above 0.");
        }

        settings = settings with { DurationSeconds = Rates.Length };
        settings.Check();
        var rates = Rates.Select(r => r * scale).ToArray();
        var description = FormattableString.Invariant($"A table of {Rates.Length} s, {rates.Average():0.##} asks/s on average.");
        return Clients.Build(name, description, settings, ArrivalTimes.Poisson(new Draws(settings.Seed, name), rates));
    }

    private static double Second(string field, double? before, int line)
    {
        var second = Number(field) ?? throw Wrong(line, $"has '{field}' for a second; wanted is a number.");
        return before is { } last && second != last + 1
            ? throw Wrong(line, FormattableString.Invariant($"is second {second} after {last}; wanted is a line for every second, in order."))
            : second;
    }

    private static double Rate(string field, int line)
    {
        var rate = Number(field) ?? throw Wrong(line, $"has '{field}' for a rate; wanted is asks per second.");
        return rate >= 0 ? rate : throw Wrong(line, $"has the rate {field}; wanted is 0 or more.");
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static FormatException Wrong(int line, string what) => new(FormattableString.Invariant($"Line {line} {what}"));
}

using System.Globalization;
using System.Text;

namespace DeltaEdge.Cli.Capacity;

/// <summary>The capacity report for people.</summary>
internal static class CapacityTable
{
    public static string Write(CapacityReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Model}, {report.Workers} worker{(report.Workers == 1 ? "" : "s")}; a camera: {report.FramesPerSecond} frames/s, {string.Join(", ", report.Questions)}, {report.DeadlineMs} ms");
        text.AppendLine();
        text.AppendLine(" tokens   cameras   frames/s   busy   p50 ms   p99 ms   accuracy   ok");
        foreach (var row in report.Budgets)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Budget,7} {row.Streams,9} {row.FramesPerSecond,10:0.0} {100 * row.Utilisation,5:0}% {Ms(row.P50Ms),8} {Ms(row.P99Ms),8} {row.MeanAccuracy,10:0.000}   {(row.Allowed && row.Streams > 0 ? "yes" : "no")}");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Tails are predicted with service times {report.TailMargin:0.00} times the typical: the machine's own unsteadiness.");
        text.AppendLine(report.Answer);
        if (report.Trial is { } trial)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Tried for {trial.Seconds} s with {trial.Streams} cameras on this engine: {100 * trial.Attainment:0.00} % on time (predicted at least 99 %), {100 * trial.Utilisation:0} % busy (predicted {100 * report.Best!.Utilisation:0} %), p50 {Ms(trial.P50Ms)} ms (predicted {Ms(report.Best.P50Ms)}), p99 {Ms(trial.P99Ms)} ms (predicted at most {Ms(report.Best.P99Ms)}).");
        }

        return text.ToString();
    }

    /// <summary>The answer in one sentence.</summary>
    public static string Sentence(CapacitySettings settings, CapacityRow? best, IReadOnlyList<CapacityRow> rows)
    {
        var questions = settings.Questions.Length == 1 ? "1 question" : $"{settings.Questions.Length} questions";
        var wish = string.Create(CultureInfo.InvariantCulture, $"at {settings.FramesPerSecond} frames/s with {questions} inside {settings.DeadlineMs} ms at accuracy >= {settings.Accuracy}");
        if (best is not null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{best.Streams} camera{(best.Streams == 1 ? "" : "s")} {wish}: {best.Budget} visual tokens (expected accuracy {best.MeanAccuracy:0.00}, engine {100 * best.Utilisation:0} % busy).");
        }

        var accurate = rows.MaxBy(r => r.MeanAccuracy)!;
        return accurate.MeanAccuracy < settings.Accuracy
            ? string.Create(CultureInfo.InvariantCulture, $"No camera {wish}: the most accurate budget, {accurate.Budget} visual tokens, is expected to reach {accurate.MeanAccuracy:0.00}.")
            : $"No camera {wish}: even one would be late at every budget that is accurate enough.";
    }

    private static string Ms(double? value) => value is { } ms ? ms.ToString("0", CultureInfo.InvariantCulture) : "-";
}

using System.Globalization;
using System.Text;

namespace DeltaEdge.Cli.Smoke;

/// <summary>The smoke report as Markdown, for the terminal and the file alike.</summary>
internal static class SmokeTable
{
    public static string Write(SmokeReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Model {report.Model}, {report.Processor}, {report.Cores} cores. Medians; one question, a fresh frame each; the engine in process.");
        text.AppendLine();
        text.AppendLine("| visual tokens | encode ms | project ms | prefill ms | decode ms | total ms | requests/s, 8 in flight |");
        text.AppendLine("|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var s in report.Stages)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {s.Budget} | {s.EncodeMs:0.0} | {s.ProjectMs:0.0} | {s.PrefillMs:0.0} | {s.DecodeMs:0.0} | {s.TotalMs:0.0} | {s.RequestsPerSecond:0.0} |");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Latency at the largest budget over the smallest: {report.LatencyRatio:0.00}.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Step load through the gateway, SLA {report.DeadlineMs} ms:");
        text.AppendLine();
        text.AppendLine("| phase | asks/s | load | mean visual tokens | p50 ms | p95 ms | on time | refused |");
        text.AppendLine("|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var p in report.Phases)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {p.Name} | {p.AsksPerSecond:0.0} | {p.Load:0.0} | {p.MeanBudget:0.0} | {p.P50Ms:0} | {p.P95Ms:0} | {100 * p.Attainment:0.0} % | {p.Refused} of {p.Asks} |");
        }

        text.AppendLine();
        text.AppendLine("Load is the offered rate over what the engine serves at its largest budget.");
        if (report.FirstStepDownMs is { } ms)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"The first ask that got a smaller budget than any before the step was sent {ms:0} ms after the step.");
        }

        return text.ToString();
    }
}

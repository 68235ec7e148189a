using System.Text.Json.Serialization;

namespace DeltaEdge.Cli.Smoke;

/// <summary>What <c>deltaedge bench-smoke</c> measured; written as JSON for machines beside the table and the figure.</summary>
internal sealed record SmokeReport(string Model, string Processor, int Cores, int DeadlineMs, StagePoint[] Stages, double LatencyRatio, StepPhase[] Phases, StepSecond[] Seconds, double? FirstStepDownMs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(SmokeReport))]
internal sealed partial class SmokeJson : JsonSerializerContext;

namespace DeltaEdge.Cli.Smoke;

/// <summary>Median milliseconds of one question about a fresh frame at one budget, engine idle otherwise.</summary>
internal sealed record StagePoint(int Budget, double EncodeMs, double ProjectMs, double PrefillMs, double DecodeMs, double TotalMs, double RequestsPerSecond);

namespace DeltaEdge.Cli.Capacity;

/// <summary>What became of the streams that were predicted to fit, on one engine.</summary>
/// <param name="Streams">Cameras.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Frames">Frames asked about.</param>
/// <param name="Attainment">Share of questions answered on time.</param>
/// <param name="Utilisation">Share of the time that the engine worked.</param>
/// <param name="P50Ms">Median from capture to a frame's last answer; null if that many had none.</param>
/// <param name="P99Ms">99th percentile of the same.</param>
internal sealed record TrialResult(int Streams, int Seconds, int Frames, double Attainment, double Utilisation, double? P50Ms, double? P99Ms);

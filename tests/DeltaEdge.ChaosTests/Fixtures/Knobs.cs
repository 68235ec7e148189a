using System.Globalization;

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>Lengths that a person may set by environment variable: <c>make soak MINUTES=30</c>, <c>make fuzz COUNT=100000</c>.</summary>
internal static class Knobs
{
    /// <summary>Minutes of a soak. DELTAEDGE_SOAK_MINUTES, default 3.</summary>
    public static double SoakMinutes => Number("DELTAEDGE_SOAK_MINUTES", 3);

    /// <summary>Hostile inputs of a fuzzing run. DELTAEDGE_FUZZ_COUNT, default 400.</summary>
    public static int FuzzCount => (int)Number("DELTAEDGE_FUZZ_COUNT", 400);

    /// <summary>Seconds that an alert's target is down. DELTAEDGE_SINK_DOWN_SECONDS, default 30; the promise is 600.</summary>
    public static double SinkDownSeconds => Number("DELTAEDGE_SINK_DOWN_SECONDS", 30);

    /// <summary>Seconds of a window with or without poisoned cameras. DELTAEDGE_POISON_WINDOW_SECONDS, default 20; a p99 needs more answers than that gives.</summary>
    public static double PoisonWindowSeconds => Number("DELTAEDGE_POISON_WINDOW_SECONDS", 20);

    /// <summary>Pairs of such windows. DELTAEDGE_POISON_PAIRS, default 5; a hundred of them, well over an hour, tell some 8 %.</summary>
    public static int PoisonPairs => (int)Number("DELTAEDGE_POISON_PAIRS", 5);

    private static double Number(string name, double standard) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : standard;
}

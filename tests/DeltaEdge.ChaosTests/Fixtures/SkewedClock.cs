namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>Environment of a process whose wall clock is off: Debian's libfaketime, which leaves the monotonic clock alone.</summary>
internal static class SkewedClock
{
    private const string Library = "libfaketime.so.1";

    /// <param name="offset">As libfaketime reads it: <c>+5m</c>.</param>
    public static IReadOnlyDictionary<string, string> By(string offset)
    {
        var library = Directory.Exists("/usr/lib") ? Directory.GetDirectories("/usr/lib", "*-linux-gnu").Select(d => Path.Combine(d, "faketime", Library)).FirstOrDefault(File.Exists) : null;
        Prerequisite.Require(library is not null, "libfaketime is not installed (Debian package faketime).");
        return new Dictionary<string, string> { ["LD_PRELOAD"] = library!, ["FAKETIME"] = offset, ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1" };
    }
}

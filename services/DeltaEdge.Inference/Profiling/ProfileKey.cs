using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DeltaEdge.Inference.Profiling;

/// <summary>What a measured profile holds for: another model, processor or setting measures anew.</summary>
internal static class ProfileKey
{
    /// <summary>Rises when what is measured changes its meaning.</summary>
    private const int Version = 2;

    public static string Of(string contentHash, string provider, int threads, int spinMicroseconds, int slots, int questionTokens)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{Version}|{contentHash}|{Processor()}|{provider}|{threads}|{spinMicroseconds}|{slots}|{questionTokens}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private static string Processor()
    {
        const string Path = "/proc/cpuinfo";
        var model = File.Exists(Path)
            ? File.ReadLines(Path).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return $"{model ?? "unknown"} x{Environment.ProcessorCount}";
    }
}

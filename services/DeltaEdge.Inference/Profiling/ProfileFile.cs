using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Inference.Profiling;

/// <summary>A measured profile on disk. Not being able to read or write it only costs the time to measure again.</summary>
internal sealed partial class ProfileFile(string directory, string key, ILogger logger)
{
    public string Path { get; } = System.IO.Path.Combine(directory, $"latency-{key}.json");

    public LatencyProfile? Read(TokenLadder ladder)
    {
        try
        {
            if (!File.Exists(Path))
            {
                return null;
            }

            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(Path), ProfileJsonContext.Default.StoredProfile);
            return stored is not null && IsUsable(stored, ladder)
                ? new LatencyProfile
                {
                    Ladder = ladder,
                    FrameSeconds = stored.FrameSeconds,
                    PrefixSeconds = stored.PrefixSeconds,
                    QuestionSeconds = stored.QuestionSeconds,
                    DecodeStepSeconds = stored.DecodeStepSeconds,
                }
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            LogUnusable(Path, e.Message);
            return null;
        }
    }

    /// <summary>A file of another ladder, or one that somebody wrote by hand, may lack anything.</summary>
    private static bool IsUsable(StoredProfile stored, TokenLadder ladder) =>
        !stored.Ladder.IsDefault && stored.Ladder.SequenceEqual(ladder.Budgets)
        && !stored.PrefixSeconds.IsDefault && stored.PrefixSeconds.Length == ladder.Count && stored.PrefixSeconds.All(s => s >= 0 && double.IsFinite(s))
        && !stored.DecodeStepSeconds.IsDefaultOrEmpty
        && stored.DecodeStepSeconds.Append(stored.FrameSeconds).Append(stored.QuestionSeconds).All(s => s > 0 && double.IsFinite(s));

    public void Write(LatencyProfile profile)
    {
        var stored = new StoredProfile(
            profile.Ladder.Budgets, profile.FrameSeconds, profile.PrefixSeconds, profile.QuestionSeconds, profile.DecodeStepSeconds);
        var temporary = $"{Path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(stored, ProfileJsonContext.Default.StoredProfile));
            File.Move(temporary, Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnusable(Path, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The latency profile {Path} cannot be used: {Reason}", EventName = "ProfileUnusable")]
    private partial void LogUnusable(string path, string reason);
}

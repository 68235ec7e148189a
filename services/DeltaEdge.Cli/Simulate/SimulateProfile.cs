using DeltaEdge.Core.Models;
using DeltaEdge.Evaluation.Simulation.Profiles;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Simulate;

/// <summary>The profile that <c>--profile</c> names: one built in, or a measured one from a file.</summary>
internal static class SimulateProfile
{
    /// <param name="told">A built-in name, or the path of a latency profile as engines store them.</param>
    /// <param name="model">Package whose manifest has the accuracy that goes with a file; null for the one that ships.</param>
    /// <exception cref="ArgumentException">Neither, or the file is of another ladder than the model.</exception>
    /// <exception cref="FormatException">The file is no latency profile.</exception>
    public static SimulationProfile Read(string told, string? model)
    {
        if (SimulationProfiles.Find(told) is { } builtIn)
        {
            return builtIn;
        }

        if (!File.Exists(told))
        {
            throw new ArgumentException($"--profile is '{told}'; allowed: {SimulationProfiles.Allowed}, or a file such as models/nano/.compiled/latency-….json.");
        }

        var latency = StoredLatency.Parse(File.ReadAllText(told));
        var manifest = ModelManifest.Read(ModelLocation.Find(model));
        if (!manifest.Ladder.Budgets.SequenceEqual(latency.Ladder.Budgets))
        {
            throw new ArgumentException($"{told} is of the ladder {latency.Ladder}, {manifest.Name} of {manifest.Ladder}; name the model it was measured with by --model.");
        }

        var accuracy = manifest.Accuracy ?? throw new ArgumentException($"The manifest of {manifest.Name} has no accuracy; measure it, or name another package with --model.");
        return new(manifest.Name, latency, accuracy, $"measured, {Path.GetFileName(told)}", manifest.TestAccuracy);
    }
}

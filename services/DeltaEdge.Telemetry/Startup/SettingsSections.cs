namespace DeltaEdge.Telemetry.Startup;

/// <summary>The sections that some role of the system reads. One role may be told settings of another: a fleet often has one set for all.</summary>
public static class SettingsSections
{
    /// <summary>What all of their names begin with.</summary>
    public const string Root = "DeltaEdge";

    /// <summary>Their names below <see cref="Root"/>.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Controller", "Delivery", "Engine", "Fabric", "Gateway", "Placement", "Quality", "Sla", "Streams", "Telemetry", "Telemetry:Otlp", "Worker", "Worker:ImageUrls",
    ];

    /// <summary>Whether this path is a section, or holds one.</summary>
    internal static bool Holds(string path) =>
        All.Any(s => $"{Root}:{s}:".StartsWith(path + ":", StringComparison.OrdinalIgnoreCase));
}

namespace DeltaEdge.Cli.Settings;

/// <summary>Settings that stand together in code.</summary>
/// <param name="Name">What their keys begin with.</param>
/// <param name="Summary">What they are about.</param>
/// <param name="Settings">In the order of the code.</param>
internal sealed record SettingsSection(string Name, string Summary, IReadOnlyList<Setting> Settings);

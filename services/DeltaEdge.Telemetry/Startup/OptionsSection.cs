namespace DeltaEdge.Telemetry.Startup;

/// <summary>A class of options of this host, and the section that it reads.</summary>
internal sealed record OptionsSection(string Name, Type Type);

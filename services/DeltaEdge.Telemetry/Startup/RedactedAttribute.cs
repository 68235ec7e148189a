namespace DeltaEdge.Telemetry.Startup;

/// <summary>An option whose value is never logged, only whether it is set.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RedactedAttribute : Attribute;

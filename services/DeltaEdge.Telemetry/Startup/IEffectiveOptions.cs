namespace DeltaEdge.Telemetry.Startup;

/// <summary>One section's options as they are after defaults, files, environment and command line.</summary>
internal interface IEffectiveOptions
{
    /// <summary>Full configuration keys and values, secrets replaced.</summary>
    IEnumerable<KeyValuePair<string, string>> Read();
}

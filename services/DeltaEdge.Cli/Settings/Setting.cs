namespace DeltaEdge.Cli.Settings;

/// <summary>One thing that can be set.</summary>
/// <param name="Key">Its full name, parts separated by colons; capital letters stand for a name or number of the user's own.</param>
/// <param name="Default">Value without a setting; empty for none.</param>
/// <param name="Allowed">What it may be, as far as one phrase can say; empty if the summary does.</param>
/// <param name="Summary">What it does, in a sentence or two.</param>
internal sealed record Setting(string Key, string Default, string Allowed, string Summary)
{
    /// <summary>The environment variable that sets it.</summary>
    public string Variable => Key.Replace(":", "__", StringComparison.Ordinal);
}

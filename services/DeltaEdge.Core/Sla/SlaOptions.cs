namespace DeltaEdge.Core.Sla;

/// <summary>The SLA classes: the built-in ones, changed or added to by name. Read once at start; the same for every process of a fleet.</summary>
public sealed class SlaOptions
{
    public const string SectionName = "DeltaEdge:Sla";

    /// <summary>Classes by name, for example <c>DeltaEdge:Sla:Classes:priority:DeadlineMs</c>. Default: priority, default, flex.</summary>
    public Dictionary<string, SlaClassOptions> Classes { get; } = SlaCatalog.Default.Classes.ToDictionary(
        c => c.Name,
        c => new SlaClassOptions { DeadlineMs = c.DeadlineMs, MinTokens = c.MinTokens, MaxTokens = c.MaxTokens, Weight = c.Weight },
        StringComparer.OrdinalIgnoreCase);

    public SlaCatalog ToCatalog() => new(Classes.Select(c => new SlaClass
    {
        Name = c.Key,
        DeadlineMs = c.Value.DeadlineMs,
        MinTokens = c.Value.MinTokens,
        MaxTokens = c.Value.MaxTokens,
        Weight = c.Value.Weight,
    }));

    /// <summary>Everything wrong with them: key, value seen, what is allowed.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, sla) in Classes)
        {
            var key = $"{SectionName}:Classes:{name}";
            if (name.Length is 0 or > 40 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                yield return $"{key}: a class name is 1 to 40 letters, digits, '-' or '_'.";
            }

            if (sla.DeadlineMs is < SlaClass.MinDeadlineMs or > SlaClass.MaxDeadlineMs)
            {
                yield return $"{key}:DeadlineMs is {sla.DeadlineMs}; allowed are {SlaClass.MinDeadlineMs} to {SlaClass.MaxDeadlineMs}.";
            }

            if (sla.MinTokens < 1 || sla.MaxTokens < sla.MinTokens)
            {
                yield return $"{key}: MinTokens is {sla.MinTokens} and MaxTokens is {sla.MaxTokens}; allowed is 1 <= MinTokens <= MaxTokens.";
            }

            if (sla.Weight is not (> 0 and <= 1000))
            {
                yield return $"{key}:Weight is {sla.Weight}; allowed is above 0, up to 1000.";
            }
        }
    }
}

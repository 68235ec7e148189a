using DeltaEdge.Core.Sla;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Telemetry.Sla;

/// <summary>Refuses to start on a class that cannot be meant, naming all that is wrong at once.</summary>
internal sealed class SlaOptionsValidator : IValidateOptions<SlaOptions>
{
    public ValidateOptionsResult Validate(string? name, SlaOptions options)
    {
        var problems = options.Problems().ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

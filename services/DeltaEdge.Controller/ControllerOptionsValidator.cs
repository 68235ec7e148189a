using DeltaEdge.Core.Planning;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Controller;

[OptionsValidator]
internal sealed partial class ControllerOptionsValidator : IValidateOptions<ControllerOptions>;

/// <summary>Rules across properties.</summary>
internal sealed class ControllerOptionsCrossValidator : IValidateOptions<ControllerOptions>
{
    public ValidateOptionsResult Validate(string? name, ControllerOptions options)
    {
        const string Section = ControllerOptions.SectionName;
        var result = new ValidateOptionsResultBuilder();
        if (options.LowUtilisation >= options.HighUtilisation)
        {
            result.AddError($"{Section}:LowUtilisation is {options.LowUtilisation}; allowed is below HighUtilisation ({options.HighUtilisation}), or the budget would swing.");
        }

        if (options.LeastSlack > options.ClimbSlack)
        {
            result.AddError($"{Section}:LeastSlack is {options.LeastSlack}; allowed is up to ClimbSlack ({options.ClimbSlack}), or the budget would swing.");
        }

        if (options.PlanTtlMs < 2 * options.PeriodMs)
        {
            result.AddError($"{Section}:PlanTtlMs is {options.PlanTtlMs}; allowed is at least twice PeriodMs ({options.PeriodMs}), or plans would run out between two of them.");
        }

        if (options.MaxUpHoldMs < options.UpHoldMs)
        {
            result.AddError($"{Section}:MaxUpHoldMs is {options.MaxUpHoldMs}; allowed is at least UpHoldMs ({options.UpHoldMs}).");
        }

        return result.Build();
    }
}

using System.Collections.Immutable;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Rules;

namespace DeltaEdge.Delivery.Rules;

/// <summary>One stream's rules and what they remember. A rule that a change of the stream leaves as it was keeps its memory.</summary>
internal sealed class StreamRules
{
    private readonly Lock _lock = new();
    private ImmutableArray<RuleSpec> _specs = [];
    private List<(RuleMachine Machine, RuleState State)> _rules = [];

    /// <summary>Lets the rules see an answer; those that fire, with the answer before.</summary>
    public IReadOnlyList<(RuleSpec Rule, string? Previous)> See(ImmutableArray<RuleSpec> specs, StreamAnswer answer)
    {
        List<(RuleSpec, string?)>? fired = null;
        lock (_lock)
        {
            if (specs != _specs)
            {
                var old = _rules;
                _rules = [.. specs.Select(spec => old.FirstOrDefault(r => r.Machine.Spec == spec) is { Machine: not null } kept ? kept : New(spec))];
                _specs = specs;
            }

            for (var i = 0; i < _rules.Count; i++)
            {
                var (machine, state) = _rules[i];
                if (machine.Spec.Question == answer.QuestionId)
                {
                    var step = machine.Step(state, answer.Answer, answer.CapturedAt);
                    _rules[i] = (machine, step.State);
                    if (step.Fires)
                    {
                        (fired ??= []).Add((machine.Spec, step.Previous));
                    }
                }
            }
        }

        return fired ?? [];
    }

    private static (RuleMachine, RuleState) New(RuleSpec spec)
    {
        var machine = new RuleMachine(spec);
        return (machine, machine.Initial);
    }
}

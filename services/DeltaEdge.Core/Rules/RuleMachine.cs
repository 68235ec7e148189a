using System.Text.RegularExpressions;
using DeltaEdge.Core.Quality;

namespace DeltaEdge.Core.Rules;

/// <summary>
/// A rule as a state machine: state and answer in, state and whether it fires out. It fires once when its condition has held for
/// enough answers in a row, and again only after the condition was false and the debounce time is over; one that came true too early
/// and still holds then fires then. Time is capture time of frames; going back by less than the debounce time is being early too, going
/// back further leaves no debounce: a rule must not be silent for as long as a clock was wrong.
/// </summary>
public sealed class RuleMachine
{
    private readonly TimeSpan _debounce;
    private readonly Regex? _expression;

    /// <param name="spec">A rule that the parser has accepted.</param>
    public RuleMachine(RuleSpec spec)
    {
        Spec = spec;
        _debounce = TimeSpan.FromMilliseconds(spec.BucketMs);
        _expression = spec.When.Matches is { } pattern ? Expression(pattern, spec.CaseSensitive) : null;
    }

    public RuleSpec Spec { get; }

    /// <summary>What a rule knows before the first answer. One that waits for a change to something must see something else first.</summary>
    public RuleState Initial => new(IsArmed: Spec.When.ChangesTo is null, 0, null, null, null);

    /// <summary>Linear-time expression of a pattern from outside.</summary>
    /// <exception cref="ArgumentException">It is no expression, or uses what needs backtracking.</exception>
    /// <exception cref="NotSupportedException">As above.</exception>
    internal static Regex Expression(string pattern, bool caseSensitive) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (caseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase));

    /// <param name="state">What <see cref="Initial"/> or the last step gave.</param>
    /// <param name="answer">The answer; null (a question that was not answered) says nothing and changes nothing.</param>
    /// <param name="capturedAt">When its frame was captured.</param>
    public RuleStep Step(RuleState state, string? answer, DateTimeOffset capturedAt)
    {
        if (answer is null)
        {
            return new RuleStep(state, Fires: false, Previous: null);
        }

        return Spec.When.Changes is true ? StepChange(state, answer, capturedAt) : StepLevel(state, answer, capturedAt);
    }

    private RuleStep StepLevel(RuleState state, string answer, DateTimeOffset capturedAt)
    {
        switch (Holds(answer))
        {
            case null:
                return new RuleStep(state, Fires: false, Previous: null);
            case false:
                return new RuleStep(state with { IsArmed = true, Run = 0, Before = answer }, Fires: false, Previous: null);
        }

        state = state with { Run = Math.Min(state.Run + 1, Spec.ForFrames) };
        return state.IsArmed && MayFire(state, capturedAt)
            ? new RuleStep(state with { IsArmed = false, FiredAt = capturedAt }, Fires: true, state.Before)
            : new RuleStep(state, Fires: false, Previous: null);
    }

    private RuleStep StepChange(RuleState state, string answer, DateTimeOffset capturedAt)
    {
        if (state.Before is not null && Same(answer, state.Before))
        {
            return new RuleStep(state with { Run = 0, Candidate = null }, Fires: false, Previous: null);
        }

        var goesOn = state.Candidate is not null && Same(answer, state.Candidate);
        state = state with { Candidate = answer, Run = goesOn ? Math.Min(state.Run + 1, Spec.ForFrames) : 1 };
        if (!MayFire(state, capturedAt))
        {
            return new RuleStep(state, Fires: false, Previous: null);
        }

        var settled = state with { Before = answer, Candidate = null, Run = 0 };
        return state.Before is null
            ? new RuleStep(settled, Fires: false, Previous: null)
            : new RuleStep(settled with { FiredAt = capturedAt }, Fires: true, state.Before);
    }

    private bool MayFire(RuleState state, DateTimeOffset capturedAt) =>
        state.Run >= Spec.ForFrames && (state.FiredAt is not { } last || (capturedAt - last).Duration() >= _debounce);

    /// <summary>Null where the answer says nothing about it: it names no number.</summary>
    private bool? Holds(string answer) => Spec.When switch
    {
        { EqualTo: { } text } => Same(answer, text),
        { ChangesTo: { } text } => Same(answer, text),
        { Above: { } limit } => AnswerNumber.In(answer) is { } number ? number > limit : null,
        { Below: { } limit } => AnswerNumber.In(answer) is { } number ? number < limit : null,
        _ => _expression!.IsMatch(answer),
    };

    private bool Same(string one, string other) => AnswerMatch.Same(one, other, Spec.CaseSensitive);
}

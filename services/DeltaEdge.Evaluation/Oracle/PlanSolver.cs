using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>The linear program of a run: how much of each choice every frame gets, and how many seconds of which slots.</summary>
internal sealed class PlanSolver(Workload workload, FrameChoices choices, SlotGrid slots)
{
    private readonly LinearProgram _program = new();
    private readonly List<(int Column, int Questions)> _answers = [];

    public OraclePlan Solve()
    {
        foreach (var capacity in slots.Capacity)
        {
            _program.AtMost(capacity);
        }

        var byStream = choices.ByStream(workload);
        foreach (ref readonly var arrival in workload.Arrivals.AsSpan())
        {
            Add(byStream[arrival.Stream], slots.Window(workload, arrival));
        }

        var (columns, prices) = _program.Maximise();
        return new([.. prices.Take(slots.Capacity.Length).Select(price => Math.Max(0, price))], _answers.Sum(a => columns[a.Column] * a.Questions));
    }

    /// <summary>A frame: one choice at most, and as many seconds of its slots as that takes.</summary>
    private void Add(FrameChoice[] frameChoices, SlotWindow window)
    {
        var (once, seconds) = (_program.AtMost(1), _program.Balance());
        foreach (var choice in frameChoices.TakeWhile(choice => window.Holds(choice.Seconds)))
        {
            var column = _program.Column(choice.Value, 1, (once, 1), (seconds, choice.Seconds));
            _answers.Add((column, choice.Questions));
        }

        for (var slot = window.First; slot <= window.Last; slot++)
        {
            _program.Column(0, window.Room(slot), (slot, 1), (seconds, -1));
        }
    }
}

using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Running;

namespace DeltaEdge.Inference.Profiling;

/// <summary>
/// Measures the model on this machine: medians over rounds through all stages, so that a change of the machine's speed meets all
/// of them alike. Also what warms every graph and every shape of the hot path before the engine says it is ready.
/// </summary>
internal sealed class LatencyProfiler
{
    private const int MostRounds = 7;

    /// <summary>Share of a known profile's time below which it is taken to be wrong.</summary>
    private const double OutrunShare = 0.67;

    /// <summary>No round begins after this; a model whose one round takes longer is measured once.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(3);

    private readonly ModelRunner _runner;
    private readonly RgbImage _image;
    private readonly int[] _question;
    private readonly MonotonicClock _clock;

    public LatencyProfiler(ModelRunner runner, int imageSize, int[] question, MonotonicClock clock)
    {
        (_runner, _question, _clock) = (runner, question, clock);
        var pixels = new byte[3 * imageSize * imageSize];
        new Random(1).NextBytes(pixels);
        _image = new RgbImage(imageSize, imageSize, pixels);
    }

    /// <param name="ladder">Budgets to measure.</param>
    /// <param name="isQuiet">
    /// Whether nothing else keeps the machine busy. Where something does, the fastest round stands for a stage instead of the median:
    /// what others take only ever adds.
    /// </param>
    /// <param name="cancellationToken">Ends it between two stages.</param>
    public LatencyProfile Measure(TokenLadder ladder, bool isQuiet, CancellationToken cancellationToken)
    {
        // A question on a kept prefix costs about the same at every budget; the middle of the ladder stands for all.
        var middle = ladder[ladder.Count / 2];
        using var frame = _runner.CreateFrame();
        var stages = new List<Action> { () => _runner.Encode(_image, frame), () => Question(middle) };
        foreach (var budget in ladder.Budgets)
        {
            stages.Add(() => Prompt(frame, budget));
        }

        for (var rows = 1; rows <= _runner.Arena.Rows; rows *= 2)
        {
            var batch = rows;
            stages.Add(() => Step(batch, _runner.PrefixLength(middle)));
        }

        Warm(ladder);
        _runner.Encode(_image, frame);
        Prompt(frame, middle);
        _runner.KeepPrefix(UInt128.Zero, middle, 0);
        var seconds = Rounds(stages, isQuiet, cancellationToken);

        var prefixes = seconds[2..(2 + ladder.Count)];
        for (var rung = ladder.Count - 1; rung >= 0; rung--)
        {
            // More tokens never cost less: where two are as good as equal, noise must not say otherwise.
            prefixes[rung] = Math.Max(prefixes[rung] - seconds[1], rung == ladder.Count - 1 ? 0 : prefixes[rung + 1]);
        }

        var steps = seconds[(2 + ladder.Count)..];
        for (var i = 1; i < steps.Length; i++)
        {
            steps[i] = Math.Max(steps[i], steps[i - 1]);
        }

        return new LatencyProfile
        {
            Ladder = ladder,
            FrameSeconds = seconds[0],
            PrefixSeconds = [.. prefixes],
            QuestionSeconds = seconds[1],
            DecodeStepSeconds = [.. steps],
        };
    }

    /// <summary>
    /// Whether the machine takes less than two thirds of what a profile says for a frame: it was measured while others kept the machine
    /// busy, and would make the engine turn away what it can serve. A machine that is busy now says nothing about the profile.
    /// </summary>
    public bool Outruns(LatencyProfile known, CancellationToken cancellationToken)
    {
        var middle = known.Ladder.Count / 2;
        using var frame = _runner.CreateFrame();
        var seconds = Rounds([() => _runner.Encode(_image, frame), () => Prompt(frame, known.Ladder[middle])], isQuiet: true, cancellationToken);
        return seconds.Sum() < OutrunShare * (known.FrameSeconds + known.PrefixSeconds[middle] + known.QuestionSeconds);
    }

    /// <summary>Runs every graph once at every shape that serving will use first.</summary>
    public void Warm(TokenLadder ladder)
    {
        using var frame = _runner.CreateFrame();
        _runner.Encode(_image, frame);
        foreach (var budget in ladder.Budgets)
        {
            Prompt(frame, budget);
        }

        _runner.PrefillQuestion(_question, 0, _runner.PrefixLength(ladder.Smallest));
        for (var rows = 1; rows <= _runner.Arena.Rows; rows++)
        {
            Step(rows, _runner.PrefixLength(ladder.Smallest));
        }
    }

    private double[] Rounds(List<Action> stages, bool isQuiet, CancellationToken cancellationToken)
    {
        var times = new double[stages.Count, MostRounds];
        var began = _clock.Now;
        var rounds = 0;
        do
        {
            for (var stage = 0; stage < stages.Count; stage++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var started = _clock.Now;
                stages[stage]();
                times[stage, rounds] = (_clock.Now - started).TotalSeconds;
            }

            rounds++;
        }
        while (rounds < MostRounds && _clock.Now - began < MostTime);

        var seconds = new double[stages.Count];
        for (var stage = 0; stage < stages.Count; stage++)
        {
            var sorted = Enumerable.Range(0, rounds).Select(round => times[stage, round]).Order().ToArray();
            seconds[stage] = sorted[isQuiet ? (rounds - 1) / 2 : 0];
        }

        return seconds;
    }

    private void Prompt(EncodedFrame frame, int budget)
    {
        _runner.Project(frame, budget);
        _runner.PrefillPrompt(budget, _question, 0);
    }

    private void Question(int budget)
    {
        var past = _runner.TryFork(UInt128.Zero, budget, 0);
        _runner.PrefillQuestion(_question, 0, past == 0 ? _runner.PrefixLength(budget) : past);
    }

    private void Step(int rows, int length)
    {
        for (var row = 0; row < rows; row++)
        {
            _runner.SetStep(row, _question[0], length);
        }

        _runner.Step(rows);
    }
}

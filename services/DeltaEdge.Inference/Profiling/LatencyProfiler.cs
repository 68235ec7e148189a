using System.Collections.Immutable;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Running;

namespace DeltaEdge.Inference.Profiling;

/// <summary>
/// Measures the model on this machine: the median of a few runs of each stage, fewer when a run is long. Also what warms every
/// graph and every shape of the hot path before the engine says it is ready.
/// </summary>
internal sealed class LatencyProfiler
{
    private const int MostRuns = 7;

    private readonly ModelRunner _runner;
    private readonly RgbImage _image;
    private readonly int[] _question;
    private readonly MonotonicClock _clock;
    private readonly double[] _times = new double[MostRuns];

    public LatencyProfiler(ModelRunner runner, int imageSize, int[] question, MonotonicClock clock)
    {
        (_runner, _question, _clock) = (runner, question, clock);
        var pixels = new byte[3 * imageSize * imageSize];
        new Random(1).NextBytes(pixels);
        _image = new RgbImage(imageSize, imageSize, pixels);
    }

    /// <summary>Seconds that one stage may be measured for; a stage longer than this is run twice.</summary>
    public TimeSpan StageTime { get; init; } = TimeSpan.FromMilliseconds(200);

    public LatencyProfile Measure(TokenLadder ladder, CancellationToken cancellationToken)
    {
        using var frame = _runner.CreateFrame();
        var frameSeconds = Median(() => _runner.Encode(_image, frame), cancellationToken);

        // A question on a kept prefix costs about the same at every budget; the middle of the ladder stands for all.
        Prompt(frame, ladder[ladder.Count / 2]);
        var middle = ladder[ladder.Count / 2];
        _runner.KeepPrefix(UInt128.Zero, middle, 0);
        var questionSeconds = Median(
            () =>
            {
                var past = _runner.TryFork(UInt128.Zero, middle, 0);
                _runner.PrefillQuestion(_question, 0, past == 0 ? _runner.PrefixLength(middle) : past);
            },
            cancellationToken);

        var prefixes = ImmutableArray.CreateBuilder<double>(ladder.Count);
        foreach (var budget in ladder.Budgets)
        {
            prefixes.Add(Math.Max(0, Median(() => Prompt(frame, budget), cancellationToken) - questionSeconds));
        }

        var steps = ImmutableArray.CreateBuilder<double>();
        for (var rows = 1; rows <= _runner.Arena.Rows; rows *= 2)
        {
            var batch = rows;
            steps.Add(Median(() => Step(batch, _runner.PrefixLength(middle)), cancellationToken));
        }

        return new LatencyProfile
        {
            Ladder = ladder,
            FrameSeconds = frameSeconds,
            PrefixSeconds = prefixes.MoveToImmutable(),
            QuestionSeconds = questionSeconds,
            DecodeStepSeconds = steps.ToImmutable(),
        };
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

    private void Prompt(EncodedFrame frame, int budget)
    {
        _runner.Project(frame, budget);
        _runner.PrefillPrompt(budget, _question, 0);
    }

    private void Step(int rows, int length)
    {
        for (var row = 0; row < rows; row++)
        {
            _runner.SetStep(row, _question[0], length);
        }

        _runner.Step(rows);
    }

    private double Median(Action run, CancellationToken cancellationToken)
    {
        run(); // The first one also allocates.
        var began = _clock.Now;
        var runs = 0;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = _clock.Now;
            run();
            _times[runs++] = (_clock.Now - started).TotalSeconds;
        }
        while (runs < MostRuns && _clock.Now - began < StageTime);

        Array.Sort(_times, 0, runs);
        return _times[runs / 2];
    }
}

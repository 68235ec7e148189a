using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Core.Time;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Chat;

namespace DeltaEdge.Cli.Capacity;

/// <summary>Asks about the package's sample images, each time as a frame never seen before: a cached encoding would flatter the figures.</summary>
internal sealed class SampleAsker(IVisionEngine engine, MonotonicClock clock, IReadOnlyList<RgbImage> samples)
{
    private ulong _frames;

    /// <exception cref="InvalidOperationException">The package has no sample image that can be read.</exception>
    public static SampleAsker Open(IVisionEngine engine, MonotonicClock clock, string package)
    {
        var folder = Path.Combine(package, "samples");
        var reader = new FrameReader(engine.ImageSize, new ImageLimits());
        var samples = new List<RgbImage>();
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jpg") : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            if (reader.Open(File.ReadAllBytes(file), "image").Value?.Read().Value is { } image)
            {
                samples.Add(image);
            }
        }

        return samples.Count > 0 ? new(engine, clock, samples) : throw new InvalidOperationException($"The model package has no readable JPEG under {folder}.");
    }

    public VisionFrame NextFrame()
    {
        var number = Interlocked.Increment(ref _frames);
        return new(new UInt128(0xCA9A, number), samples[(int)(number % (ulong)samples.Count)]);
    }

    /// <param name="frame">From <see cref="NextFrame"/>.</param>
    /// <param name="kind">Kind of the question.</param>
    /// <param name="budget">Visual tokens.</param>
    /// <param name="capturedAt">On the clock's scale.</param>
    /// <param name="deadline">After capture.</param>
    public ValueTask<AskOutcome> AskAsync(VisionFrame frame, QuestionKind kind, int budget, TimeSpan capturedAt, TimeSpan deadline) => engine.AskAsync(new AskRequest
    {
        Frame = frame,
        Question = SampleQuestions.Of(kind),
        Kind = kind,
        Range = new BudgetRange(budget, budget),
        SlaClass = "default",
        CapturedAt = capturedAt,
        Deadline = capturedAt + deadline,
    }, CancellationToken.None);

    /// <summary>Decode steps that an answer of that kind takes on average over the samples, its end included; at least 1.</summary>
    /// <exception cref="InvalidOperationException">The engine did not answer.</exception>
    public async Task<int> AnswerTokensAsync(QuestionKind kind, int budget)
    {
        var steps = 0;
        foreach (var _ in samples)
        {
            var outcome = await AskAsync(NextFrame(), kind, budget, clock.Now, HeatMap.Patience);
            HeatMap.RequireAnswer(outcome);
            steps += outcome.CompletionTokens + (outcome.Stopped ? 1 : 0);
        }

        return Math.Max(1, (int)Math.Round((double)steps / samples.Count));
    }
}

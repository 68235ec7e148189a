using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Inference.Preprocessing;
using DeltaEdge.Inference.Running;
using DeltaEdge.Inference.Sessions;
using DeltaEdge.Inference.Tokenization;
using DeltaEdge.ModelCompiler;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Inference;

/// <summary>The tiny random-weight package compiled once, with the reference's outputs. Shared by the engine's tests.</summary>
public sealed class TinyModel : IDisposable
{
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("deltaedge-engine-");

    public TinyModel()
    {
        Model = EngineModel.FromPackage(ModelFixtures.Tiny, ModelPackageCompiler.Compile(ModelFixtures.Tiny, cacheDirectory: _cache.FullName));
        Golden = new GoldenFile(ModelFixtures.TinyGolden);
        Tokenizer = BpeTokenizer.Load(Model.TokenizerPath);
    }

    public EngineModel Model { get; }

    internal GoldenFile Golden { get; }

    internal BpeTokenizer Tokenizer { get; }

    public string[] Questions { get; } = ["How many cars are there?", "What does the display show?"];

    internal int[] QuestionTokens(string question) => Tokenizer.Encode(Model.Manifest.Prompt.AfterImageFor(question));

    /// <summary>Tokens in front of the visual ones.</summary>
    internal int[] Head() => [Model.Manifest.Prompt.BosTokenId, .. Tokenizer.Encode(Model.Manifest.Prompt.BeforeImage)];

    internal ModelRunner OpenRunner(int slots = 4, int prefixes = 2, int textTokens = 128, int? tokens = null, int[]? head = null) => new(
        Model.Compiled,
        head ?? Head(),
        new PixelNormalizer(Model.Manifest.Normalisation.Mean.AsSpan(), Model.Manifest.Normalisation.Deviation.AsSpan()),
        new SessionFactory([ExecutionProviders.Cpu], 1, spinMicroseconds: 0, NullLogger.Instance),
        slots,
        prefixes,
        textTokens,
        tokens);

    /// <summary>The answer's tokens when nothing else runs, its end included.</summary>
    internal int[] Greedy(int frame, int question, int budget, int tokens)
    {
        using var runner = OpenRunner(slots: 1, prefixes: 0);
        using var encoded = runner.CreateFrame();
        runner.Encode(EngineHarness.Image(frame), encoded);
        runner.Project(encoded, budget);
        var ids = QuestionTokens(Questions[question]);
        var length = runner.PrefixLength(budget) + ids.Length;
        var answer = new List<int> { runner.PrefillPrompt(budget, ids, 0) };
        while (answer.Count < tokens && answer[^1] != 2)
        {
            runner.SetStep(0, answer[^1], length++);
            runner.Step(1);
            answer.Add((int)runner.Next[0]);
        }

        return [.. answer];
    }

    public void Dispose()
    {
        Golden.Dispose();
        _cache.Delete(recursive: true);
    }
}

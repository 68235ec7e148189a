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

    internal ModelRunner OpenRunner(int slots = 4, int prefixes = 2, int textTokens = 128)
    {
        var prompt = Model.Manifest.Prompt;
        return new ModelRunner(
            Model.Compiled,
            [prompt.BosTokenId, .. Tokenizer.Encode(prompt.BeforeImage)],
            new PixelNormalizer(Model.Manifest.Normalisation.Mean.AsSpan(), Model.Manifest.Normalisation.Deviation.AsSpan()),
            new SessionFactory([ExecutionProviders.Cpu], 1, spinMicroseconds: 0, NullLogger.Instance),
            slots,
            prefixes,
            textTokens);
    }

    public void Dispose()
    {
        Golden.Dispose();
        _cache.Delete(recursive: true);
    }
}

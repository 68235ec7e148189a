using DeltaEdge.Core.Models;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>All stages of one compiled model, one after the other, one image and one question at a time.</summary>
internal sealed class PipelineRunner : IDisposable
{
    private readonly CompiledModel _model;
    private readonly StageRunner _encoder;
    private readonly StageRunner _memory;
    private readonly DecoderRunner _decoder;

    public PipelineRunner(CompiledModel model, int cacheLength)
    {
        _model = model;
        _encoder = new StageRunner(model, model.Encoder);
        _memory = new StageRunner(model, model.ProjectorMemory);
        _decoder = new DecoderRunner(model, slots: 1, cacheLength);
    }

    public (float[] Features, float[] Level) Encode(float[] pixels)
    {
        var outputs = _encoder.Run(pixels);
        return (outputs["features"], outputs["query_level"]);
    }

    public float[] Project(int budget, float[] features, float[] level)
    {
        using var query = new StageRunner(_model, _model.ProjectorQueries[budget]);
        var shared = _memory.Run(features);
        return query.Run(level, shared["keys"], shared["values"])["visual_tokens"];
    }

    /// <summary>Logits behind the prompt and the first <paramref name="count"/> greedy tokens.</summary>
    public (float[] Logits, int[] Tokens) Answer(int[] before, float[] visual, int[] after, int count)
    {
        float[] prompt = [.. _decoder.Embed(before), .. visual, .. _decoder.Embed(after)];
        var length = prompt.Length / _model.Language.HiddenSize;
        var step = _decoder.Run(0, prompt, length);
        var logits = step.Logits;
        var tokens = new List<int> { (int)step.Next[0] };
        while (tokens.Count < count)
        {
            step = _decoder.Run(0, _decoder.Embed(tokens[^1]), length + tokens.Count);
            tokens.Add((int)step.Next[0]);
        }

        return (logits, [.. tokens]);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _memory.Dispose();
        _encoder.Dispose();
    }
}

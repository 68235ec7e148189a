using System.Collections.Frozen;
using System.Collections.Immutable;
using DeltaEdge.Core.Models;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.Inference.Running;

/// <summary>
/// Runs encoder and projector. Tensors flow by name: what a query graph reads is kept per frame, what only the memory graph
/// reads is scratch. Knows no budgets' meaning and no requests.
/// </summary>
internal sealed class VisionRunner : IDisposable
{
    private readonly CompiledModel _model;
    private readonly InferenceSession _encoder;
    private readonly InferenceSession _memory;
    private readonly FrozenDictionary<int, InferenceSession> _queries;
    private readonly FrozenDictionary<string, OrtValue> _scratch;
    private readonly ImmutableArray<TensorSpec> _kept;
    private readonly RunOptions _run = new();
    private readonly OrtValue _pixels;
    private readonly float[] _pixelValues;

    public VisionRunner(CompiledModel model, SessionFactory sessions)
    {
        _model = model;
        _encoder = sessions.Open(model.PathOf(model.Encoder));
        _memory = sessions.Open(model.PathOf(model.ProjectorMemory));
        _queries = model.ProjectorQueries.ToFrozenDictionary(q => q.Key, q => sessions.Open(model.PathOf(q.Value)));

        var made = model.Encoder.Outputs.Concat(model.ProjectorMemory.Outputs).DistinctBy(o => o.Name).ToList();
        var read = model.ProjectorQueries.Values.SelectMany(q => q.Inputs).Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        _kept = [.. made.Where(o => read.Contains(o.Name))];
        _scratch = made.Where(o => !read.Contains(o.Name)).ToFrozenDictionary(o => o.Name, o => Tensors.Allocate(o.Shape));

        var size = model.Vision.ImageSize;
        _pixelValues = Tensors.Pinned<float>(3 * size * size);
        _pixels = Tensors.View(_pixelValues, 0, 1, 3, size, size);
    }

    /// <summary>Input of the encoder, (3, S, S); filled by the caller before <see cref="Encode"/>.</summary>
    public Span<float> Pixels => _pixelValues;

    public long FrameBytes => _kept.Sum(s => Tensors.Bytes(s.Shape));

    public EncodedFrame CreateFrame() => new(_kept);

    public void Encode(EncodedFrame frame)
    {
        using var encoder = _encoder.CreateIoBinding();
        encoder.BindInput(_model.Encoder.Inputs[0].Name, _pixels);
        BindOutputs(encoder, _model.Encoder, frame);
        _encoder.RunWithBinding(_run, encoder);

        using var memory = _memory.CreateIoBinding();
        BindInputs(memory, _model.ProjectorMemory, frame);
        BindOutputs(memory, _model.ProjectorMemory, frame);
        _memory.RunWithBinding(_run, memory);
    }

    /// <summary>Writes the frame's visual tokens at that budget into <paramref name="visualTokens"/>, (1, K, hidden).</summary>
    public void Project(EncodedFrame frame, int budget, OrtValue visualTokens)
    {
        var graph = _model.ProjectorQueries[budget];
        var session = _queries[budget];
        using var binding = session.CreateIoBinding();
        BindInputs(binding, graph, frame);
        binding.BindOutput(graph.Outputs[0].Name, visualTokens);
        session.RunWithBinding(_run, binding);
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _run.Dispose();
        foreach (var value in _scratch.Values)
        {
            value.Dispose();
        }

        foreach (var session in _queries.Values)
        {
            session.Dispose();
        }

        _memory.Dispose();
        _encoder.Dispose();
    }

    private void BindInputs(OrtIoBinding binding, CompiledGraph graph, EncodedFrame frame)
    {
        foreach (var input in graph.Inputs)
        {
            binding.BindInput(input.Name, frame.Find(input.Name) ?? _scratch[input.Name]);
        }
    }

    private void BindOutputs(OrtIoBinding binding, CompiledGraph graph, EncodedFrame frame)
    {
        foreach (var output in graph.Outputs)
        {
            binding.BindOutput(output.Name, frame.Find(output.Name) ?? _scratch[output.Name]);
        }
    }
}

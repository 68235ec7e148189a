using DeltaEdge.Core.Models;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>
/// Drives a compiled decoder over a KV arena of a few slots, as an engine would: rows are contiguous slots from
/// <c>firstSlot</c> on, and each layer's past and present are the same memory.
/// </summary>
internal sealed class DecoderRunner : IDisposable
{
    private readonly LanguageShape _shape;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly float[][] _caches; // layer 0 key, layer 0 value, ...: (slots, H_kv, length, d)
    private readonly float[] _embeddings; // (vocabulary, hidden)
    private readonly int _cacheLength;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    public DecoderRunner(CompiledModel model, int slots, int cacheLength, int threads = 1)
    {
        _shape = model.Language;
        _cacheLength = cacheLength;
        using var options = StageRunner.Options(threads);
        _session = new InferenceSession(model.PathOf(model.Decoder), options);
        _caches = [.. Enumerable.Range(0, 2 * _shape.Layers).Select(_ => new float[slots * SlotLength])];
        _embeddings = ReadFloats(model.PathOf(model.TokenEmbeddingFile));
        _inputNames = [.. model.Decoder.Inputs.Select(t => t.Name)];
        _outputNames = [.. model.Decoder.Outputs.Select(t => t.Name)];
    }

    private int SlotLength => _shape.KeyValueHeads * _cacheLength * _shape.HeadSize;

    public float[] Embed(params ReadOnlySpan<int> tokens)
    {
        var rows = new List<float>();
        foreach (var token in tokens)
        {
            rows.AddRange(_embeddings.AsSpan(token * _shape.HiddenSize, _shape.HiddenSize));
        }

        return [.. rows];
    }

    /// <summary>Runs a prompt, a chunk or a step; <paramref name="lengths"/> are the row lengths after it.</summary>
    public DecoderStep Run(int firstSlot, float[] embeddings, params int[] lengths)
    {
        var batch = lengths.Length;
        var sequence = embeddings.Length / _shape.HiddenSize / batch;
        using var bound = new DisposableValues();
        var x = bound.Add(embeddings, batch, sequence, _shape.HiddenSize);
        var lastIndex = bound.Add(lengths.Select(l => l - 1).ToArray(), batch);
        var total = bound.Add(new[] { lengths.Max() });
        var caches = _caches.ToDictionary(
            c => c, c => bound.Add(c.AsMemory(firstSlot * SlotLength, batch * SlotLength), batch, _shape.KeyValueHeads, _cacheLength, _shape.HeadSize));
        var logits = new float[batch * _shape.VocabularySize];
        var next = new long[batch];
        var logitsValue = bound.Add(logits, batch, _shape.VocabularySize);
        var nextValue = bound.Add(next, batch);
        _session.Run(
            _runOptions,
            _inputNames,
            [.. _inputNames.Select(n => n switch { "inputs_embeds" => x, "seqlens_k" => lastIndex, "total_sequence_length" => total, _ => CacheOf(n) })],
            _outputNames,
            [.. _outputNames.Select(n => n switch { "logits" => logitsValue, "next_token" => nextValue, _ => CacheOf(n) })]);
        return new DecoderStep(logits, next);

        OrtValue CacheOf(string name)
        {
            var parts = name.Split('.');
            return caches[_caches[(2 * int.Parse(parts[1])) + (parts[2] == "key" ? 0 : 1)]];
        }
    }

    /// <summary>Copies the first rows of one slot's cache to another, as a fork of a shared prefix does.</summary>
    public void Fork(int from, int to)
    {
        foreach (var cache in _caches)
        {
            cache.AsSpan(from * SlotLength, SlotLength).CopyTo(cache.AsSpan(to * SlotLength, SlotLength));
        }
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static float[] ReadFloats(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var values = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return values;
    }
}

using DeltaEdge.Core.Models;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.Inference.Running;

/// <summary>
/// Runs the decoder over an arena: one row's prompt at a time, or one token of each of the first rows. Past and present are bound
/// to the same memory, so the cache grows in place. Bindings are made once per row and per batch size; a step allocates nothing.
/// </summary>
internal sealed class DecoderRunner : IDisposable
{
    private const string Embeddings = "inputs_embeds";

    /// <summary>
    /// Prompts are run in parts of about this many positions: the attention of a part skips what lies after it. 596 positions in
    /// parts of 149 took 76 ms instead of 84 in one (docs/log.md, compiled graphs).
    /// </summary>
    private const int PartLength = 160;

    private readonly InferenceSession _session;
    private readonly CompiledModel _model;
    private readonly KvArena _arena;
    private readonly int _hiddenSize;
    private readonly RunOptions _run = new();
    private readonly List<IDisposable> _owned = [];
    private readonly OrtIoBinding[] _rows; // by row: its prompt
    private readonly OrtIoBinding[] _batches; // by batch size - 1: a decode step
    private readonly Dictionary<(int Position, int Count), OrtValue> _promptViews = []; // (1, count, hidden) of the prompt buffer
    private readonly float[] _prompt; // (capacity, hidden)
    private readonly float[] _step; // (rows, hidden)
    private readonly int[] _lengths; // (rows): positions that precede the step's token
    private readonly int[] _total = Tensors.Pinned<int>(1);
    private readonly float[] _logits; // (rows, vocabulary)
    private readonly long[] _next;
    private readonly int _tokens;

    /// <param name="model">What the compiler wrote.</param>
    /// <param name="sessions">Opens the graph.</param>
    /// <param name="arena">The cache it runs over.</param>
    /// <param name="tokens">Ids that may be chosen; a vocabulary may be padded beyond them.</param>
    public DecoderRunner(CompiledModel model, SessionFactory sessions, KvArena arena, int tokens)
    {
        (_model, _arena, _hiddenSize, _tokens) = (model, arena, model.Language.HiddenSize, tokens);
        _session = sessions.OpenOnCpu(model.PathOf(model.Decoder));
        _prompt = Tensors.Pinned<float>(arena.Capacity * _hiddenSize);
        _step = Tensors.Pinned<float>(arena.Rows * _hiddenSize);
        _lengths = Tensors.Pinned<int>(arena.Rows);
        _logits = Tensors.Pinned<float>(arena.Rows * model.Language.VocabularySize);
        _next = Tensors.Pinned<long>(arena.Rows);
        _rows = new OrtIoBinding[arena.Rows];
        _batches = new OrtIoBinding[arena.Rows];
        for (var i = 0; i < arena.Rows; i++)
        {
            _rows[i] = Bind(i, 1);
            _batches[i] = Bind(0, i + 1);
            _batches[i].BindInput(Embeddings, Own(Tensors.View(_step, 0, i + 1, 1, _hiddenSize)));
        }
    }

    /// <summary>Input of a prompt, (capacity, hidden); filled by the caller before <see cref="Prefill"/>.</summary>
    public Span<float> Prompt => _prompt;

    /// <summary>Input of a step, (rows, hidden).</summary>
    public Span<float> StepInput => _step;

    /// <summary>For a step: by row the positions already in its cache.</summary>
    public Span<int> Lengths => _lengths;

    /// <summary>By row the token that the last run chose.</summary>
    public ReadOnlySpan<long> Next => _next;

    /// <summary>Part of the prompt buffer as a tensor (1, count, hidden). Lives as long as this.</summary>
    public OrtValue PromptView(int position, int count)
    {
        if (!_promptViews.TryGetValue((position, count), out var view))
        {
            view = Own(Tensors.View(_prompt, position * _hiddenSize, 1, count, _hiddenSize));
            _promptViews.Add((position, count), view);
        }

        return view;
    }

    /// <summary>Runs <paramref name="count"/> prompt positions of a row after the <paramref name="past"/> ones in its cache; the token that follows.</summary>
    public int Prefill(int row, int past, int count)
    {
        var parts = Math.Max(1, (count + (PartLength / 2)) / PartLength);
        for (var part = 0; part < parts; part++)
        {
            var (start, end) = (part * count / parts, (part + 1) * count / parts);
            _rows[row].BindInput(Embeddings, PromptView(start, end - start));
            _lengths[0] = past + end - 1;
            _total[0] = past + end;
            _session.RunWithBinding(_run, _rows[row]);
        }

        PassOverPadding(1);
        return (int)_next[0];
    }

    /// <summary>One token of each of the first <paramref name="rows"/> rows.</summary>
    public void Step(int rows)
    {
        var longest = 0;
        for (var i = 0; i < rows; i++)
        {
            longest = Math.Max(longest, _lengths[i]);
        }

        _total[0] = longest + 1;
        _session.RunWithBinding(_run, _batches[rows - 1]);
        PassOverPadding(rows);
    }

    public void Dispose()
    {
        foreach (var binding in _rows.Concat(_batches))
        {
            binding.Dispose();
        }

        foreach (var owned in _owned)
        {
            owned.Dispose();
        }

        _run.Dispose();
        _session.Dispose();
    }

    /// <summary>Where the graph chose an id that means nothing, the best of the others takes its place.</summary>
    private void PassOverPadding(int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            if (_next[row] >= _tokens)
            {
                var logits = _logits.AsSpan(row * _model.Language.VocabularySize, _tokens);
                var best = 0;
                for (var id = 1; id < logits.Length; id++)
                {
                    best = logits[id] > logits[best] ? id : best;
                }

                _next[row] = best;
            }
        }
    }

    private OrtIoBinding Bind(int first, int count)
    {
        var binding = _session.CreateIoBinding();
        for (var layer = 0; layer < _model.Language.Layers; layer++)
        {
            BindCache(binding, $"{layer}.key", _arena.View(2 * layer, first, count));
            BindCache(binding, $"{layer}.value", _arena.View((2 * layer) + 1, first, count));
        }

        binding.BindInput("seqlens_k", Own(Tensors.View(_lengths, 0, count)));
        binding.BindInput("total_sequence_length", Own(Tensors.View(_total, 0)));
        binding.BindOutput("logits", Own(Tensors.View(_logits, 0, count, _model.Language.VocabularySize)));
        binding.BindOutput("next_token", Own(Tensors.View(_next, 0, count)));
        return binding;
    }

    private void BindCache(OrtIoBinding binding, string name, OrtValue value)
    {
        binding.BindInput($"past_key_values.{name}", Own(value));
        binding.BindOutput($"present.{name}", value);
    }

    private OrtValue Own(OrtValue value)
    {
        _owned.Add(value);
        return value;
    }
}

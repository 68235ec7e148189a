using DeltaEdge.Core.Models;
using DeltaEdge.Imaging.Images;
using DeltaEdge.Inference.Memory;
using DeltaEdge.Inference.Preprocessing;
using DeltaEdge.Inference.Sessions;

namespace DeltaEdge.Inference.Running;

/// <summary>
/// The model as the engine uses it: frames in, tokens out, row by row. Knows no requests, no deadlines, no clock. One thread.
/// </summary>
internal sealed class ModelRunner : IDisposable
{
    private readonly int[] _head; // tokens in front of the visual ones
    private readonly PixelNormalizer _normalizer;
    private readonly VisionRunner _vision;
    private readonly DecoderRunner _decoder;
    private readonly TokenEmbeddings _embeddings;
    private readonly PrefixStore _prefixes;
    private readonly int _hiddenSize;
    private readonly Dictionary<int, Microsoft.ML.OnnxRuntime.OrtValue> _visualViews = [];

    /// <param name="model">What the compiler wrote.</param>
    /// <param name="head">Tokens in front of the visual tokens.</param>
    /// <param name="normalizer">Pixels to model input.</param>
    /// <param name="sessions">Opens the graphs.</param>
    /// <param name="slots">Rows that can decode at once.</param>
    /// <param name="prefixes">Visual prefixes that are kept.</param>
    /// <param name="textTokens">Room for question and answer behind the largest budget; the model's context may leave less.</param>
    /// <param name="tokens">Ids that may be chosen; all of the vocabulary if null.</param>
    public ModelRunner(
        CompiledModel model, int[] head, PixelNormalizer normalizer, SessionFactory sessions, int slots, int prefixes, int textTokens, int? tokens = null)
    {
        (_head, _normalizer, _hiddenSize, ImageSize) = (head, normalizer, model.Language.HiddenSize, model.Vision.ImageSize);
        var prefixTokens = head.Length + model.Ladder[0];
        var capacity = Math.Min(model.Language.MaxSequenceLength, prefixTokens + textTokens);
        MaxTextTokens = capacity - prefixTokens;
        if (MaxTextTokens < 2)
        {
            throw new InvalidOperationException(
                $"The decoder holds {model.Language.MaxSequenceLength} positions; the prompt's head and {model.Ladder[0]} visual tokens leave no room for a question.");
        }

        Arena = new KvArena(model.Language, slots, capacity);
        var prefixArena = new KvArena(model.Language, prefixes, prefixTokens);
        _prefixes = new PrefixStore(prefixArena);
        CacheBytes = Arena.Bytes + prefixArena.Bytes;
        _embeddings = new TokenEmbeddings(model);
        _vision = new VisionRunner(model, sessions);
        _decoder = new DecoderRunner(model, sessions, Arena, tokens ?? model.Language.VocabularySize);
        foreach (var budget in model.Ladder)
        {
            _visualViews.Add(budget, _decoder.PromptView(head.Length, budget));
        }
    }

    public KvArena Arena { get; }

    /// <summary>Side of the square input, pixels.</summary>
    public int ImageSize { get; }

    /// <summary>Bytes of key and value cache, slots and prefixes.</summary>
    public long CacheBytes { get; }

    /// <summary>Question and answer tokens that fit behind the largest budget.</summary>
    public int MaxTextTokens { get; }

    /// <summary>Bytes of one encoded frame.</summary>
    public long FrameBytes => _vision.FrameBytes;

    /// <summary>By row the token that the last step chose.</summary>
    public ReadOnlySpan<long> Next => _decoder.Next;

    public EncodedFrame CreateFrame() => _vision.CreateFrame();

    /// <summary>Prompt positions up to and including the visual tokens.</summary>
    public int PrefixLength(int budget) => _head.Length + budget;

    public void Encode(RgbImage image, EncodedFrame frame)
    {
        _normalizer.Normalize(image.Pixels, _vision.Pixels);
        _vision.Encode(frame);
    }

    /// <summary>Encodes pixels that are normalised already, (3, S, S).</summary>
    public void EncodePixels(ReadOnlySpan<float> pixels, EncodedFrame frame)
    {
        pixels.CopyTo(_vision.Pixels);
        _vision.Encode(frame);
    }

    /// <summary>Puts the frame's visual tokens into the next prompt.</summary>
    public void Project(EncodedFrame frame, int budget) => _vision.Project(frame, budget, _visualViews[budget]);

    /// <summary>Prefills a row with the whole prompt around the visual tokens projected last; the first token of the answer.</summary>
    public int PrefillPrompt(int budget, ReadOnlySpan<int> question, int row)
    {
        WritePrompt(0, _head);
        WritePrompt(PrefixLength(budget), question);
        return _decoder.Prefill(row, 0, PrefixLength(budget) + question.Length);
    }

    /// <summary>Prefills a question behind a prefix that is in the row's cache already; the first token of the answer.</summary>
    public int PrefillQuestion(ReadOnlySpan<int> question, int row, int past)
    {
        WritePrompt(0, question);
        return _decoder.Prefill(row, past, question.Length);
    }

    /// <summary>Copies a kept prefix into a row; its length, or 0 if there is none.</summary>
    public int TryFork(UInt128 frame, int budget, int row) => _prefixes.TryFork(frame, budget, Arena, row);

    /// <summary>Keeps the prefix of a row that was prefilled with a whole prompt.</summary>
    public void KeepPrefix(UInt128 frame, int budget, int row) => _prefixes.Save(frame, budget, Arena, row, PrefixLength(budget));

    /// <summary>Sets what a row decodes from in the next step.</summary>
    public void SetStep(int row, int token, int length)
    {
        _embeddings.CopyRow(token, _decoder.StepInput.Slice(row * _hiddenSize, _hiddenSize));
        _decoder.Lengths[row] = length;
    }

    /// <summary>One token of each of the first rows; see <see cref="Next"/>.</summary>
    public void Step(int rows) => _decoder.Step(rows);

    public void Dispose()
    {
        _decoder.Dispose();
        _vision.Dispose();
    }

    private void WritePrompt(int position, ReadOnlySpan<int> tokens)
    {
        var prompt = _decoder.Prompt;
        for (var i = 0; i < tokens.Length; i++)
        {
            _embeddings.CopyRow(tokens[i], prompt.Slice((position + i) * _hiddenSize, _hiddenSize));
        }
    }
}

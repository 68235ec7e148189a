using DeltaEdge.Core.Models;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>However a sequence gets into the cache, the next token's logits are those of one unbatched prefill of all of it.</summary>
public sealed class DecoderCacheTests(CompiledTinyModel tiny) : IClassFixture<CompiledTinyModel>
{
    private const int CacheLength = 96;
    private readonly LanguageShape _shape = tiny.Folded.Language;

    [Theory]
    [InlineData(1, 7)]
    [InlineData(30, 2)]
    [InlineData(40, 20)]
    public void ChunkOnPast_EqualsFullPrefill(int prefix, int chunk)
    {
        using var decoder = new DecoderRunner(tiny.Folded, 2, CacheLength);
        var x = RandomRows(seed: prefix, prefix + chunk);
        var expected = decoder.Run(0, x, prefix + chunk);
        decoder.Run(1, Rows(x, 0, prefix), prefix);
        var actual = decoder.Run(1, Rows(x, prefix, chunk), prefix + chunk);
        Closeness.AssertClose("logits", expected.Logits, actual.Logits);
        Assert.Equal(expected.Next, actual.Next);
    }

    [Fact]
    public void ChunkOnForkedPrefix_LeavesTheOtherForkAlone()
    {
        using var decoder = new DecoderRunner(tiny.Folded, 3, CacheLength);
        var prefix = RandomRows(1, 20);
        var (first, second) = (RandomRows(2, 5), RandomRows(3, 9));
        decoder.Run(0, prefix, 20);
        decoder.Fork(0, 1);
        decoder.Run(0, first, 25);
        var forked = decoder.Run(1, second, 29);
        var full = decoder.Run(2, [.. prefix, .. second], 29);
        Closeness.AssertClose("logits", full.Logits, forked.Logits);
    }

    [Fact]
    public void PromptBatch_EqualsEachAlone()
    {
        using var decoder = new DecoderRunner(tiny.Folded, 3, CacheLength);
        float[][] prompts = [RandomRows(1, 18), RandomRows(2, 18), RandomRows(3, 18)];
        var batched = decoder.Run(0, [.. prompts.SelectMany(p => p)], 18, 18, 18);
        AssertRowsEqualAlone(prompts, batched);
    }

    [Fact]
    public void PromptBatchOfUnequalLengths_PaddedAtTheEnd_EqualsEachAlone()
    {
        using var decoder = new DecoderRunner(tiny.Folded, 3, CacheLength);
        int[] lengths = [18, 5, 11];
        float[][] prompts = [.. lengths.Select((l, i) => RandomRows(i, l))];
        var padded = prompts.SelectMany(p => p.Concat(new float[(18 * _shape.HiddenSize) - p.Length])).ToArray();
        var batched = decoder.Run(0, padded, lengths);
        AssertRowsEqualAlone(prompts, batched);

        var steps = lengths.Select((_, i) => RandomRows(40 + i, 1)).ToArray();
        var next = decoder.Run(0, [.. steps.SelectMany(s => s)], [.. lengths.Select(l => l + 1)]);
        AssertRowsEqualAlone([.. prompts.Zip(steps, (p, s) => p.Concat(s).ToArray())], next);
    }

    [Fact]
    public void DecodeBatchOfDifferentLengths_EqualsEachAlone()
    {
        using var decoder = new DecoderRunner(tiny.Folded, 4, CacheLength);
        int[] lengths = [3, 40, 17];
        float[][] sequences = [.. lengths.Select((l, i) => RandomRows(i, l + 2))];
        for (var i = 0; i < lengths.Length; i++)
        {
            decoder.Run(1 + i, Rows(sequences[i], 0, lengths[i]), lengths[i]);
        }

        for (var step = 0; step < 2; step++)
        {
            var rows = sequences.Zip(lengths, (s, l) => Rows(s, l + step, 1)).SelectMany(r => r).ToArray();
            var batched = decoder.Run(1, rows, [.. lengths.Select(l => l + step + 1)]);
            AssertRowsEqualAlone([.. sequences.Zip(lengths, (s, l) => Rows(s, 0, l + step + 1))], batched);
        }
    }

    [Fact]
    public void CacheFilledToItsEnd_EqualsFullPrefill()
    {
        using var decoder = new DecoderRunner(tiny.Folded, 1, CacheLength);
        var x = RandomRows(9, CacheLength);
        decoder.Run(0, Rows(x, 0, CacheLength - 1), CacheLength - 1);
        var last = decoder.Run(0, Rows(x, CacheLength - 1, 1), CacheLength);
        using var roomy = new DecoderRunner(tiny.Folded, 1, CacheLength * 2);
        Closeness.AssertClose("logits", roomy.Run(0, x, CacheLength).Logits, last.Logits);
    }

    private void AssertRowsEqualAlone(float[][] sequences, DecoderStep batched)
    {
        for (var i = 0; i < sequences.Length; i++)
        {
            using var alone = new DecoderRunner(tiny.Folded, 1, CacheLength);
            var expected = alone.Run(0, sequences[i], sequences[i].Length / _shape.HiddenSize);
            Closeness.AssertClose($"row {i}", expected.Logits, batched.Row(i));
            Assert.Equal(expected.Next[0], batched.Next[i]);
        }
    }

    private float[] Rows(float[] x, int first, int count) => x[(first * _shape.HiddenSize)..((first + count) * _shape.HiddenSize)];

    private float[] RandomRows(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * _shape.HiddenSize).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }
}

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Outputs of one decoder run: logits (batch, vocabulary) and the greedy choice of each row.</summary>
internal sealed record DecoderStep(float[] Logits, long[] Next)
{
    public ReadOnlySpan<float> Row(int row) => Logits.AsSpan(row * (Logits.Length / Next.Length), Logits.Length / Next.Length);
}

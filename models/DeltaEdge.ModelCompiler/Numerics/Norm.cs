namespace DeltaEdge.ModelCompiler.Numerics;

/// <summary>Scale, shift and epsilon of a layer norm.</summary>
internal sealed record Norm(float[] Scale, float[] Shift, float Epsilon)
{
    /// <summary>The same normalisation without scale and shift, for when those went into the next linear layer.</summary>
    public Norm Bare()
    {
        var ones = new float[Scale.Length];
        Array.Fill(ones, 1f);
        return new Norm(ones, new float[Scale.Length], Epsilon);
    }
}

namespace DeltaEdge.ModelCompiler.Numerics;

/// <summary>Cosines and sines of the rotary embedding, (positions, headSize / 2), frequencies θ^(-2i / headSize).</summary>
internal sealed record RotaryTable(float[] Cosines, float[] Sines, int Positions, int Half)
{
    public static RotaryTable Make(int positions, int headSize, float theta)
    {
        var half = headSize / 2;
        var cosines = new float[positions * half];
        var sines = new float[positions * half];
        for (var i = 0; i < half; i++)
        {
            var frequency = Math.Pow(theta, -2.0 * i / headSize);
            for (var position = 0; position < positions; position++)
            {
                cosines[(position * half) + i] = (float)Math.Cos(position * frequency);
                sines[(position * half) + i] = (float)Math.Sin(position * frequency);
            }
        }

        return new RotaryTable(cosines, sines, positions, half);
    }
}

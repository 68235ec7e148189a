namespace DeltaEdge.ModelCompiler.Numerics;

/// <summary>y = W x + b with W as (out, in), and the folds that are exact in real arithmetic.</summary>
internal sealed record Linear(Matrix Weight, float[]? Bias)
{
    public int Inputs => Weight.Columns;

    public int Outputs => Weight.Rows;

    /// <summary>Takes over scale and shift of the norm before it: W (γ ∘ x + β) + b.</summary>
    public Linear After(Norm norm) => new(Weight.ScaledColumns(norm.Scale), Sum(Weight * norm.Shift, Bias));

    /// <summary>This layer and then <paramref name="next"/>, as one.</summary>
    public Linear Then(Linear next) => new(next.Weight * Weight, Bias is null ? next.Bias : Sum(next.Weight * Bias, next.Bias));

    /// <summary>Multiplies every output by its factor.</summary>
    public Linear Scaled(float[] factors) =>
        new(Weight.ScaledRows(factors), Bias is null ? null : [.. Bias.Zip(factors, (b, f) => b * f)]);

    /// <summary>Outputs first .. first + count of a packed layer.</summary>
    public Linear Slice(int first, int count) => new(
        new Matrix(Weight.Values[(first * Inputs)..((first + count) * Inputs)], count, Inputs),
        Bias?[first..(first + count)]);

    /// <summary>Several layers over the same input, outputs one after the other.</summary>
    public static Linear Pack(params ReadOnlySpan<Linear> parts)
    {
        var weights = new Matrix[parts.Length];
        var biases = new List<float>();
        for (var i = 0; i < parts.Length; i++)
        {
            weights[i] = parts[i].Weight;
            biases.AddRange(parts[i].Bias ?? []);
        }

        return new Linear(Matrix.StackRows(weights), biases.Count == 0 ? null : [.. biases]);
    }

    private static float[] Sum(float[] a, float[]? b) => b is null ? a : [.. a.Zip(b, (x, y) => x + y)];
}

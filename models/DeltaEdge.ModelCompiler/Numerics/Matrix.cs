namespace DeltaEdge.ModelCompiler.Numerics;

/// <summary>A dense row-major matrix. Products accumulate in double: folding weights must not cost accuracy.</summary>
internal sealed class Matrix
{
    public Matrix(float[] values, int rows, int columns)
    {
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{values.Length} values do not fill {rows} × {columns}.", nameof(values));
        }

        Values = values;
        Rows = rows;
        Columns = columns;
    }

    public float[] Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    public float this[int row, int column] => Values[(row * Columns) + column];

    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Columns, Columns);

    public static Matrix operator +(Matrix a, Matrix b)
    {
        var sum = new float[a.Values.Length];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = a.Values[i] + b.Values[i];
        }

        return new Matrix(sum, a.Rows, a.Columns);
    }

    public static Matrix operator *(Matrix a, Matrix b)
    {
        if (a.Columns != b.Rows)
        {
            throw new ArgumentException($"{a.Rows} × {a.Columns} times {b.Rows} × {b.Columns}.", nameof(b));
        }

        var product = new float[a.Rows * b.Columns];
        Parallel.For(0, a.Rows, row =>
        {
            var sums = new double[b.Columns];
            for (var k = 0; k < a.Columns; k++)
            {
                double factor = a[row, k];
                var other = b.Row(k);
                for (var column = 0; column < sums.Length; column++)
                {
                    sums[column] += factor * other[column];
                }
            }

            for (var column = 0; column < sums.Length; column++)
            {
                product[(row * b.Columns) + column] = (float)sums[column];
            }
        });
        return new Matrix(product, a.Rows, b.Columns);
    }

    public static float[] operator *(Matrix a, float[] vector)
    {
        var product = new float[a.Rows];
        for (var row = 0; row < a.Rows; row++)
        {
            var sum = 0.0;
            var values = a.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                sum += (double)values[column] * vector[column];
            }

            product[row] = (float)sum;
        }

        return product;
    }

    public Matrix Transposed()
    {
        const int Block = 32; // keeps both sides of the copy in the first-level cache
        var transposed = new float[Values.Length];
        for (var rowBlock = 0; rowBlock < Rows; rowBlock += Block)
        {
            for (var columnBlock = 0; columnBlock < Columns; columnBlock += Block)
            {
                for (var row = rowBlock; row < Math.Min(rowBlock + Block, Rows); row++)
                {
                    for (var column = columnBlock; column < Math.Min(columnBlock + Block, Columns); column++)
                    {
                        transposed[(column * Rows) + row] = Values[(row * Columns) + column];
                    }
                }
            }
        }

        return new Matrix(transposed, Columns, Rows);
    }

    public Matrix ScaledColumns(float[] factors) => Scaled((_, column) => factors[column]);

    public Matrix ScaledRows(float[] factors) => Scaled((row, _) => factors[row]);

    /// <summary>Rows of every part, one below the other.</summary>
    public static Matrix StackRows(params ReadOnlySpan<Matrix> parts)
    {
        var values = new List<float>();
        foreach (var part in parts)
        {
            values.AddRange(part.Values);
        }

        return new Matrix([.. values], values.Count / parts[0].Columns, parts[0].Columns);
    }

    private Matrix Scaled(Func<int, int, float> factor)
    {
        var scaled = new float[Values.Length];
        for (var row = 0; row < Rows; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                scaled[(row * Columns) + column] = Values[(row * Columns) + column] * factor(row, column);
            }
        }

        return new Matrix(scaled, Rows, Columns);
    }
}

using DeltaEdge.Evaluation.Oracle.Native;

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>
/// A linear program: columns of at least 0 that bring value, and rows that say how much of them there may be. Solved by COIN-OR's CLP,
/// which is loaded when the first one is solved.
/// </summary>
internal sealed class LinearProgram
{
    private readonly List<double> _value = [];
    private readonly List<double> _most = [];
    private readonly List<int> _start = [0];
    private readonly List<int> _row = [];
    private readonly List<double> _coefficient = [];
    private readonly List<double> _least = [];
    private readonly List<double> _limit = [];

    public int Columns => _value.Count;

    public int Rows => _limit.Count;

    /// <summary>Adds a row: what its columns take together is at most that; its index.</summary>
    public int AtMost(double limit)
    {
        _least.Add(double.NegativeInfinity);
        _limit.Add(limit);
        return _limit.Count - 1;
    }

    /// <summary>Adds a row: what some of its columns take of it, others bring; its index.</summary>
    public int Balance()
    {
        _least.Add(0);
        _limit.Add(0);
        return _limit.Count - 1;
    }

    /// <summary>Adds a column; its index.</summary>
    /// <param name="value">What one of it brings.</param>
    /// <param name="most">Most of it.</param>
    /// <param name="entries">How much one of it takes of each row.</param>
    public int Column(double value, double most, params ReadOnlySpan<(int Row, double Coefficient)> entries)
    {
        foreach (var (row, coefficient) in entries)
        {
            _row.Add(row);
            _coefficient.Add(coefficient);
        }

        _start.Add(_row.Count);
        _value.Add(value);
        _most.Add(most);
        return _value.Count - 1;
    }

    /// <summary>The columns that bring the most, and by row what one more of its limit would bring.</summary>
    /// <exception cref="OracleException">The solver is not installed, or it found no optimum.</exception>
    public unsafe (double[] Columns, double[] Prices) Maximise()
    {
        try
        {
            using var model = Clp.NewModel();
            Clp.SetLogLevel(model, 0);
            fixed (int* start = _start.ToArray(), row = _row.ToArray())
            fixed (double* coefficient = _coefficient.ToArray(), most = _most.ToArray(), cost = _value.Select(v => -v).ToArray(), least = _least.ToArray(), limit = _limit.ToArray())
            {
                Clp.LoadProblem(model, Columns, Rows, start, row, coefficient, null, most, cost, least, limit);
            }

            var status = Clp.InitialPrimalSolve(model);
            if (status != Clp.Optimal)
            {
                throw new OracleException($"The solver ended with status {status} instead of an optimum ({Columns} columns, {Rows} rows).");
            }

            var columns = new ReadOnlySpan<double>(Clp.PrimalColumnSolution(model), Columns).ToArray();
            var prices = new ReadOnlySpan<double>(Clp.DualRowSolution(model), Rows).ToArray();
            for (var i = 0; i < prices.Length; i++)
            {
                prices[i] = -prices[i]; // The solver minimises, so its duals are of a cost.
            }

            return (columns, prices);
        }
        catch (DllNotFoundException)
        {
            throw new OracleException($"The oracle needs {Clp.Library}: apt-get install {Clp.Package}.");
        }
    }
}

using System.Runtime.InteropServices;

namespace DeltaEdge.Evaluation.Oracle.Native;

/// <summary>COIN-OR's linear programming solver by its C interface (Debian: coinor-libclp1).</summary>
internal static unsafe partial class Clp
{
    public const string Library = "libClp.so.1";

    /// <summary>The Debian package that has it.</summary>
    public const string Package = "coinor-libclp1";

    /// <summary>Result of a solve that reached the optimum.</summary>
    public const int Optimal = 0;

    // Clp_Simplex *Clp_newModel(void)
    [LibraryImport(Library, EntryPoint = "Clp_newModel")]
    public static partial ClpHandle NewModel();

    // void Clp_deleteModel(Clp_Simplex *model)
    [LibraryImport(Library, EntryPoint = "Clp_deleteModel")]
    public static partial void DeleteModel(nint model);

    // void Clp_setLogLevel(Clp_Simplex *model, int value)
    [LibraryImport(Library, EntryPoint = "Clp_setLogLevel")]
    public static partial void SetLogLevel(ClpHandle model, int level);

    // void Clp_loadProblem(Clp_Simplex *model, const int numcols, const int numrows, const CoinBigIndex *start, const int *index,
    //   const double *value, const double *collb, const double *colub, const double *obj, const double *rowlb, const double *rowub)
    [LibraryImport(Library, EntryPoint = "Clp_loadProblem")]
    public static partial void LoadProblem(
        ClpHandle model, int columns, int rows, int* start, int* index, double* value, double* columnLow, double* columnHigh, double* objective, double* rowLow, double* rowHigh);

    // int Clp_initialPrimalSolve(Clp_Simplex *model)
    [LibraryImport(Library, EntryPoint = "Clp_initialPrimalSolve")]
    public static partial int InitialPrimalSolve(ClpHandle model);

    // double *Clp_primalColumnSolution(Clp_Simplex *model)
    [LibraryImport(Library, EntryPoint = "Clp_primalColumnSolution")]
    public static partial double* PrimalColumnSolution(ClpHandle model);

    // double *Clp_dualRowSolution(Clp_Simplex *model)
    [LibraryImport(Library, EntryPoint = "Clp_dualRowSolution")]
    public static partial double* DualRowSolution(ClpHandle model);
}

namespace DeltaEdge.ModelCompiler;

/// <summary>Part of every cache key: raise it with any change to what the compiler writes.</summary>
internal static class CompilerVersion
{
    public const string Current = "2";
}

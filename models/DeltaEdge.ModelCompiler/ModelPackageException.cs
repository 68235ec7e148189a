namespace DeltaEdge.ModelCompiler;

/// <summary>A model package cannot be used. The message names the file, what was found and what was expected.</summary>
public sealed class ModelPackageException : Exception
{
    public ModelPackageException(string message)
        : base(message)
    {
    }

    public ModelPackageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

using System.Diagnostics.CodeAnalysis;

namespace DeltaEdge.Core.Wire;

/// <summary>A value, or the refusal to send back. Parsers of outside input return it instead of throwing.</summary>
public readonly struct Result<T>
    where T : class
{
    private Result(T? value, ApiError? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    public ApiError? Error { get; }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(ApiError error) => new(null, error);

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ApiError? error)
    {
        (value, error) = (Value, Error);
        return value is not null;
    }
}

using DeltaEdge.Core.Wire;

namespace DeltaEdge.Core.Streams;

/// <summary>The <c>gate</c> of a stream: an object, or null or nothing for none.</summary>
internal static class GateParser
{
    private const string Field = "gate";
    private const int MostAgeMs = 600_000;

    /// <param name="fields">The stream's fields.</param>
    /// <param name="current">What an absent gate means.</param>
    /// <param name="gate">The result.</param>
    public static ApiError? Read(JsonFields fields, GateSpec? current, out GateSpec? gate)
    {
        gate = fields.IsAbsent(Field) ? current : null;
        if (!fields.Has(Field))
        {
            return null;
        }

        if (!fields.TryObject(Field, out var inner))
        {
            return ApiError.Invalid(Field, "gate is not an object. Allowed: {\"max_age_ms\", \"threshold\"}, both optional, or null for no gate.");
        }

        if (inner.ReadInteger("max_age_ms", 1, MostAgeMs, GateSpec.DefaultMaxAgeMs, null, out var age) is { } error
            || (error = inner.ReadNumber("threshold", 0, 1, GateSpec.DefaultThreshold, null, out var threshold)) is not null)
        {
            return error with { Param = $"{Field}.{error.Param}", Message = $"{Field}.{error.Message}" };
        }

        gate = new GateSpec(age, threshold);
        return null;
    }
}

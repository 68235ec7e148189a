using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace DeltaEdge.Telemetry.Startup;

/// <summary>What a setting may be, as far as one phrase can say.</summary>
public static class AllowedValues
{
    /// <summary>Empty if its type and attributes say nothing.</summary>
    public static string Of(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return property.GetCustomAttribute<RangeAttribute>() is { } range ? $"{Text(range.Minimum)} to {Text(range.Maximum)}"
            : type.IsEnum ? string.Join(", ", Enum.GetNames(type))
            : type == typeof(bool) ? "true, false"
            : "";
    }

    private static string? Text(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture);
}

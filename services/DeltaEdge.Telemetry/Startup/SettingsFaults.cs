using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace DeltaEdge.Telemetry.Startup;

/// <summary>
/// What stands in the configuration and is no setting, or no value that its setting can have. The binder passes over the former, so that
/// a misspelt name would leave the default in force, and says nothing of what is allowed of the latter.
/// </summary>
internal static class SettingsFaults
{
    /// <summary>Names below the root that are no section of any role.</summary>
    public static IEnumerable<string> OfRoot(IConfiguration configuration) =>
        configuration.GetSection(SettingsSections.Root).GetChildren()
            .Where(c => !SettingsSections.Holds(c.Path))
            .Select(c => $"{c.Path} is not a section of settings. Allowed: {string.Join(", ", SettingsSections.All)}.");

    /// <param name="section">What is told.</param>
    /// <param name="type">The class that reads it.</param>
    /// <param name="others">Further classes that read the same section: what they know is left to them.</param>
    public static IEnumerable<string> Of(IConfigurationSection section, Type type, IReadOnlyList<Type> others) =>
        section.GetChildren().SelectMany(child => Settable(type).FirstOrDefault(p => Names(p, child)) is { } property
            ? OfValue(child, property.PropertyType, AllowedValues.Of(property))
            : SettingsSections.Holds(child.Path) || others.Any(o => Settable(o).Any(p => Names(p, child)))
                ? []
                : [$"{child.Path} is not a setting. Allowed in {section.Path}: {string.Join(", ", others.Prepend(type).SelectMany(Settable).Select(p => p.Name))}."]);

    private static bool Names(PropertyInfo property, IConfigurationSection child) => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase);

    /// <summary>Lists and maps are filled, everything else is written.</summary>
    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } || (IsMany(p.PropertyType) && p.GetIndexParameters().Length == 0));

    private static bool IsMany(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static IEnumerable<string> OfValue(IConfigurationSection told, Type type, string allowed)
    {
        if (IsMany(type))
        {
            var entry = type.GetElementType() ?? type.GetGenericArguments()[^1];
            var name = typeof(IDictionary).IsAssignableFrom(type) ? "NAME" : "0";
            return string.IsNullOrEmpty(told.Value)
                ? told.GetChildren().SelectMany(c => OfValue(c, entry, ""))
                : [$"{told.Path} has several values, each set by a name of its own. Allowed: {told.Path}:{name} and so on."];
        }

        var converter = TypeDescriptor.GetConverter(Nullable.GetUnderlyingType(type) ?? type);
        if (!converter.CanConvertFrom(typeof(string)))
        {
            return Of(told, type, []);
        }

        if (told.GetChildren().FirstOrDefault() is { } below)
        {
            return [$"{below.Path} is not a setting: {told.Path} is one value."];
        }

        return told.Value is null || (told.Value.Length == 0 && type == typeof(string)) || IsOf(told.Value, converter)
            ? []
            : [$"{told.Path} is '{told.Value}'. Allowed: {(allowed.Length > 0 ? allowed : Kind(type))}."];
    }

    private static bool IsOf(string value, TypeConverter converter)
    {
        try
        {
            return converter.ConvertFromInvariantString(value) is not null;
        }
#pragma warning disable CA1031 // Converters throw what they like.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static string Kind(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 or TypeCode.Byte or TypeCode.Int16 => "a whole number",
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number",
        TypeCode.Boolean => "true, false",
        _ => $"a {type.Name}",
    };
}

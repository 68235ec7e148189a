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
    /// <summary>Names below the root that are no section of any role, and values where a section stands.</summary>
    public static IEnumerable<string> OfRoot(IConfiguration configuration)
    {
        var root = configuration.GetSection(SettingsSections.Root);
        return root.GetChildren().SelectMany(child => !SettingsSections.Holds(child.Path)
            ? [$"{child.Path} is not a section of settings. Allowed: {string.Join(", ", SettingsSections.All)}."]
            : string.IsNullOrEmpty(child.Value) ? (string[])[] : [NoValue(child, "settings of their own names")]);
    }

    /// <param name="section">What is told.</param>
    /// <param name="type">The class that reads it.</param>
    /// <param name="others">Further classes that read the same section: what they know is left to them.</param>
    public static IEnumerable<string> Of(IConfigurationSection section, Type type, IReadOnlyList<Type> others) =>
        section.GetChildren().SelectMany(child => PropertyOf(type, child) is { } property ? OfValue(child, property.PropertyType, AllowedValues.Of(property))
            : IsSection(child) || others.Any(o => PropertyOf(o, child) is not null) ? []
            : [$"{child.Path} is not a setting. Allowed in {section.Path}: {NamesOf([type, .. others])}."]);

    private static bool IsSection(IConfigurationSection told) => SettingsSections.Holds(told.Path) && string.IsNullOrEmpty(told.Value);

    private static string NamesOf(IEnumerable<Type> types) => string.Join(", ", types.SelectMany(Settable).Select(p => p.Name));

    private static string NoValue(IConfigurationSection told, string allowed) => $"{told.Path} has several values, each set by a name of its own. Allowed: {allowed}.";

    private static PropertyInfo? PropertyOf(Type type, IConfigurationSection child) =>
        Settable(type).FirstOrDefault(p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Lists and maps are filled, everything else is written.</summary>
    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true } || (IsMany(p.PropertyType) && p.GetIndexParameters().Length == 0));

    private static bool IsMany(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static IEnumerable<string> OfValue(IConfigurationSection told, Type declared, string allowed)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (IsMany(type))
        {
            Type[] arguments = type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();
            return string.IsNullOrEmpty(told.Value)
                ? told.GetChildren().SelectMany(c => OfValue(c, arguments[^1], ""))
                : [NoValue(told, $"{told.Path}:{(arguments.Length == 2 ? "NAME" : "0")} and so on")];
        }

        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string)))
        {
            return string.IsNullOrEmpty(told.Value) ? Of(told, type, []) : [NoValue(told, string.Join(", ", Settable(type).Select(p => $"{told.Path}:{p.Name}")))];
        }

        if (told.GetChildren().FirstOrDefault() is { } below)
        {
            return [$"{below.Path} is not a setting: {told.Path} is one value."];
        }

        if (type == typeof(string) || told.Value is null || (told.Value.Length == 0 && type != declared))
        {
            return [];
        }

        // Not told back: what was put in the place of a word may be a secret meant for another setting. Numbers of an enum would pass the converter.
        return type.IsEnum
            ? Enum.GetNames(type).Contains(told.Value, StringComparer.OrdinalIgnoreCase) ? [] : [$"{told.Path} is none of its values. Allowed: {string.Join(", ", Enum.GetNames(type))}."]
            : IsOf(told.Value, converter) ? [] : [$"{told.Path} is '{told.Value}'. Allowed: {(allowed.Length > 0 ? allowed : Kind(type))}."];
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

    private static string Kind(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 or TypeCode.Byte or TypeCode.Int16 => "a whole number",
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "a number",
        TypeCode.Boolean => "true, false",
        _ => $"a {type.Name}",
    };
}

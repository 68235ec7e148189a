using System.Collections;
using System.Reflection;

namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>Every setting that some role reads, from the options classes themselves.</summary>
internal static class OptionKeys
{
    private const string Separator = "__";

    private static readonly Lazy<ILookup<string, Type>> Sections = new(() => Programs.Assemblies
        .SelectMany(a => a.GetTypes())
        .Select(t => (Type: t, Section: t.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(t => t.Section is not null)
        .ToLookup(t => t.Section!.Replace(":", Separator, StringComparison.Ordinal), t => t.Type, StringComparer.OrdinalIgnoreCase));

    /// <summary>Why an environment variable such as <c>DeltaEdge__Fabric__Mode</c> with this value sets nothing, or null if it does.</summary>
    public static string? Problem(string variable, string value)
    {
        var parts = variable.Split(Separator);
        var candidates = Enumerable.Range(1, parts.Length).SelectMany(n => Sections.Value[string.Join(Separator, parts.Take(n))].Select(t => Problem(t, parts.AsSpan(n), value))).ToList();
        return candidates.Count == 0 ? $"{variable}: no options class has this section."
            : candidates.Contains(null) ? null
            : $"{variable}={value}: {string.Join(' ', candidates)}";
    }

    private static string? Problem(Type type, ReadOnlySpan<string> path, string value)
    {
        if (path.IsEmpty)
        {
            return IsValue(type, value) ? null : $"'{value}' is no {type.Name}.";
        }

        if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
        {
            return Problem(type.GetGenericArguments()[^1], path[1..], value);
        }

        var property = type.GetProperty(path[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        return property is null ? $"{type.Name} has no {path[0]}." : Problem(property.PropertyType, path[1..], value);
    }

    private static bool IsValue(Type type, string value)
    {
        var converter = System.ComponentModel.TypeDescriptor.GetConverter(type);
        return converter.CanConvertFrom(typeof(string)) && converter.IsValid(value);
    }
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Telemetry.Startup;

/// <summary>Reads an options object by reflection, once, at start.</summary>
internal sealed class EffectiveOptions<TOptions>(string section, IOptions<TOptions> options) : IEffectiveOptions
    where TOptions : class
{
    private const string Redacted = "***";

    public IEnumerable<KeyValuePair<string, string>> Read() => Walk(section, options.Value);

    private static IEnumerable<KeyValuePair<string, string>> Walk(string path, object value)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0)
            {
                continue;
            }

            var key = $"{path}:{property.Name}";
            var inner = property.GetValue(value);
            var lines = property.IsDefined(typeof(RedactedAttribute)) ? [new(key, IsSet(inner) ? Redacted : "")] : Lines(key, inner);
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    private static bool IsSet(object? value) => value is not (null or "");

    private static IEnumerable<KeyValuePair<string, string>> Lines(string key, object? value) => value switch
    {
        null or "" => [new(key, "")],
        IDictionary map => map.Keys.Cast<object>().SelectMany(k => Lines($"{key}:{k}", map[k])),
        IEnumerable list and not string => list.Cast<object>().SelectMany((item, i) => Lines($"{key}:{i}", item)),
        _ when IsPlain(value.GetType()) => [new(key, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")],
        _ => Walk(key, value),
    };

    private static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type.Namespace == "System";
}

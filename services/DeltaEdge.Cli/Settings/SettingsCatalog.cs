using System.Collections;
using System.Globalization;
using System.Reflection;
using DeltaEdge.Core.Sla;
using DeltaEdge.Delivery;
using DeltaEdge.Fabric;
using DeltaEdge.Gateway;
using DeltaEdge.Inference.Engine;
using DeltaEdge.Streams;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Startup;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Settings;

/// <summary>Everything that can be set, read from the options classes: their properties, attributes and documentation.</summary>
internal static class SettingsCatalog
{
    /// <summary>What a class of options calls the beginning of its keys.</summary>
    private const string SectionName = "SectionName";

    private static readonly Assembly[] Assemblies =
    [
        typeof(WorkerOptions).Assembly, typeof(EngineOptions).Assembly, typeof(StreamsOptions).Assembly, typeof(DeliveryOptions).Assembly, typeof(SlaOptions).Assembly,
        typeof(GatewayOptions).Assembly, typeof(FabricOptions).Assembly, typeof(TelemetryOptions).Assembly,
    ];

    /// <summary>All sections by name.</summary>
    public static IReadOnlyList<SettingsSection> Read() =>
    [
        .. from assembly in Assemblies
           from type in assembly.GetTypes()
           let section = type.GetField(SectionName)?.GetRawConstantValue() as string
           where section is not null
           orderby type.Name
           group type by section into types
           orderby types.Key
           select new SettingsSection(types.Key, string.Join(' ', types.Select(Summaries.Of)), [.. types.SelectMany(t => Walk(types.Key, t, Activator.CreateInstance(t)!))]),
    ];

    private static IEnumerable<Setting> Walk(string path, Type type, object defaults) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => Of(path, property, property.GetValue(defaults)));

    private static IEnumerable<Setting> Of(string path, PropertyInfo property, object? value)
    {
        var key = $"{path}:{property.Name}";
        var type = property.PropertyType;
        if (value is IDictionary map)
        {
            return Entries($"{key}:NAME", type.GetGenericArguments()[1], map, property);
        }

        if (value is IList)
        {
            return [new($"{key}:N", "", "", Summaries.Of(property))];
        }

        return property.CanWrite ? [new(key, Text(value), AllowedValues.Of(property), WithoutDefault(Summaries.Of(property), Text(value)))] : [];
    }

    /// <summary>The default stands in a place of its own.</summary>
    private static string WithoutDefault(string summary, string value) =>
        summary.EndsWith($" Default {value}.", StringComparison.OrdinalIgnoreCase) ? summary[..^(value.Length + 10)] : summary;

    /// <summary>A map's entries are set one by one; those of a class by its properties.</summary>
    private static IEnumerable<Setting> Entries(string key, Type entry, IDictionary map, PropertyInfo property) =>
        entry.IsClass && entry != typeof(string) && map.Count > 0
            ? Walk(key, entry, map.Values.Cast<object>().First()).Select(s => s with { Default = "" })
            : [new(key, "", "", Summaries.Of(property))];

    private static string Text(object? value) => value switch
    {
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

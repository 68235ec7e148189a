using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeltaEdge.Cli.Settings;

/// <summary>Summaries of types and properties, from the documentation that the compiler puts beside an assembly.</summary>
internal static partial class Summaries
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> ByAssembly = [];

    public static string Of(Type type) => Find(type, $"T:{type.FullName}");

    public static string Of(PropertyInfo property) => Find(property.DeclaringType!, $"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string Find(Type type, string member) => ByAssembly.GetOrAdd(type.Assembly, Load).GetValueOrDefault(member, "");

    private static Dictionary<string, string> Load(Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        return !File.Exists(path) ? [] : XDocument.Load(path).Descendants("member")
            .Where(m => m.Attribute("name") is not null && m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Text(m.Element("summary")!));
    }

    private static string Text(XElement summary) => Space().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XElement { IsEmpty: true } reference => reference.Attribute("cref")?.Value.Split('.')[^1] ?? "",
        XElement element => element.Value,
        _ => node is XText text ? text.Value : "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeltaEdge.Cli.Monitoring;

/// <summary>A dashboard as Grafana imports it (schema version 39), the same text each time.</summary>
internal static class DashboardJson
{
    private const int Width = 12;
    private const int Height = 8;

    // Relaxed: the file is read by people, and the default would write each quote in a query as a code.
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Dashboard dashboard) => new JsonObject
    {
        ["uid"] = $"deltaedge-{dashboard.Name}",
        ["title"] = dashboard.Title,
        ["description"] = dashboard.Description,
        ["tags"] = new JsonArray("deltaedge"),
        ["schemaVersion"] = 39,
        ["version"] = 1,
        ["editable"] = true,
        ["graphTooltip"] = 1,
        ["refresh"] = "10s",
        ["time"] = new JsonObject { ["from"] = "now-1h", ["to"] = "now" },
        ["templating"] = new JsonObject { ["list"] = new JsonArray([Source(), .. dashboard.Variables.Prepend(DashboardVariable.Job).Select(Variable)]) },
        ["panels"] = new JsonArray([.. dashboard.Panels.Select(Panel)]),
    }.ToJsonString(Format) + "\n";

    private static JsonObject Source() => new()
    {
        ["name"] = "datasource",
        ["label"] = "Prometheus",
        ["type"] = "datasource",
        ["query"] = "prometheus",
    };

    private static JsonObject Variable(DashboardVariable variable) => new()
    {
        ["name"] = variable.Label,
        ["type"] = "query",
        ["datasource"] = Datasource(),
        ["query"] = new JsonObject { ["query"] = $"label_values({variable.Metric}, {variable.Label})", ["refId"] = variable.Label },
        ["refresh"] = 2,
        ["sort"] = 1,
        ["multi"] = true,
        ["includeAll"] = true,
        ["allValue"] = ".*",
        ["current"] = new JsonObject { ["text"] = "All", ["value"] = "$__all" },
    };

    private static JsonObject Panel(Panel panel, int index) => new()
    {
        ["id"] = index + 1,
        ["type"] = "timeseries",
        ["title"] = panel.Title,
        ["description"] = panel.Description,
        ["datasource"] = Datasource(),
        ["gridPos"] = new JsonObject { ["x"] = index % 2 * Width, ["y"] = index / 2 * Height, ["w"] = Width, ["h"] = Height },
        ["fieldConfig"] = new JsonObject
        {
            ["defaults"] = new JsonObject { ["unit"] = panel.Unit, ["min"] = 0, ["custom"] = new JsonObject { ["fillOpacity"] = 5, ["showPoints"] = "never" } },
            ["overrides"] = new JsonArray(),
        },
        ["options"] = new JsonObject { ["legend"] = new JsonObject { ["displayMode"] = "list", ["placement"] = "bottom" }, ["tooltip"] = new JsonObject { ["mode"] = "multi" } },
        ["targets"] = new JsonArray([.. panel.Queries.Select(Target)]),
    };

    private static JsonObject Target((string Query, string Legend) query, int index) => new()
    {
        ["refId"] = ((char)('A' + index)).ToString(),
        ["datasource"] = Datasource(),
        ["expr"] = query.Query,
        ["legendFormat"] = query.Legend,
    };

    private static JsonObject Datasource() => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };
}

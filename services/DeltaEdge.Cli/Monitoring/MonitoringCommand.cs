using System.CommandLine;

namespace DeltaEdge.Cli.Monitoring;

/// <summary><c>deltaedge monitoring write</c>: the Grafana dashboards as files.</summary>
internal static class MonitoringCommand
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write to; made if it is missing.", DefaultValueFactory = _ => new DirectoryInfo("k8s/monitoring/dashboards") };
        var write = new Command("write", "Write the Grafana dashboards as JSON. Example: deltaedge monitoring write --out k8s/monitoring/dashboards") { folder };
        write.SetAction(parsed => Write(parsed.GetValue(folder)!));
        return new Command("monitoring", "Dashboards for the metrics.") { write };
    }

    private static int Write(DirectoryInfo folder)
    {
        folder.Create();
        foreach (var dashboard in Dashboards.All)
        {
            var path = Path.Combine(folder.FullName, $"{dashboard.Name}.json");
            File.WriteAllText(path, DashboardJson.Write(dashboard));
            Console.WriteLine($"Written: {path}");
        }

        return 0;
    }
}

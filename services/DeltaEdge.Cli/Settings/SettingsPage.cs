using System.Text;

namespace DeltaEdge.Cli.Settings;

/// <summary>The settings as text for a terminal, and as the page docs/configuration.md.</summary>
internal static class SettingsPage
{
    private const string How =
        "A setting is an environment variable with `__` for `:` (`DeltaEdge__Engine__Slots=16 make run`), or an argument of `deltaedge worker`, `gateway` and `controller` (`--DeltaEdge:Engine:Slots=16`), or stands in "
        + "`appsettings.json` beside the program. NAME stands for a name of your own, N for 0, 1 and so on. Names and values that are none end the start with what is allowed; what is in force is logged at start. `make run` (`deltaedge up`) is one process with shared state of its own: `DeltaEdge:Fabric:Mode`, `ConnectionString` and `GatewaySecret` mean nothing there.";

    public static string Terminal(IReadOnlyList<SettingsSection> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            text.AppendLine(section.Summary).AppendLine();
            foreach (var setting in section.Settings)
            {
                text.AppendLine($"  {setting.Key}").AppendLine($"      {setting.Summary}").AppendLine($"      {Values(setting)}").AppendLine();
            }
        }

        return text.Append(How.Replace("`", "", StringComparison.Ordinal)).AppendLine().ToString();
    }

    public static string Markdown(IReadOnlyList<SettingsSection> sections)
    {
        var text = new StringBuilder("# Settings\n\n").Append(How).Append("\n\nThis page is written by `deltaedge settings --markdown`, from the code.\n");
        foreach (var section in sections)
        {
            text.Append($"\n## {section.Name}\n\n{section.Summary}\n\n| setting | default | allowed | |\n|---|---|---|---|\n");
            foreach (var setting in section.Settings)
            {
                text.Append($"| `{setting.Key[(section.Name.Length + 1)..]}` | {Code(setting.Default)} | {setting.Allowed} | {setting.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Values(Setting setting) => (setting.Default, setting.Allowed) switch
    {
        ("", "") => $"Environment: {setting.Variable}",
        ("", var allowed) => $"Allowed: {allowed}. Environment: {setting.Variable}",
        (var value, "") => $"Default: {value}. Environment: {setting.Variable}",
        var (value, allowed) => $"Default: {value}. Allowed: {allowed}. Environment: {setting.Variable}",
    };

    private static string Code(string value) => value.Length == 0 ? "" : $"`{value}`";
}

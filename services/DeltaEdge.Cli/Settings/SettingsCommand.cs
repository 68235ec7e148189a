using System.CommandLine;

namespace DeltaEdge.Cli.Settings;

/// <summary><c>deltaedge settings</c>: what can be set, what it is by itself, and what is allowed.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("word") { Description = "Show only settings whose name or description holds all of these.", Arity = ArgumentArity.ZeroOrMore };
        var markdown = new Option<bool>("--markdown") { Description = "Write them as the page docs/configuration.md." };
        var command = new Command("settings", "List every setting with its default and what is allowed. Example: deltaedge settings reconnect") { words, markdown };
        command.SetAction(parsed => Print(parsed.GetValue(words) ?? [], parsed.GetValue(markdown)));
        return command;
    }

    private static int Print(string[] words, bool markdown)
    {
        var sections = Matching(SettingsCatalog.Read(), words);
        if (sections.Count == 0)
        {
            Console.Error.WriteLine($"No setting's name or description holds {string.Join(" and ", words.Select(w => $"'{w}'"))}. deltaedge settings lists all of them.");
            return 1;
        }

        Console.Write(markdown ? SettingsPage.Markdown(sections) : SettingsPage.Terminal(sections));
        return 0;
    }

    private static List<SettingsSection> Matching(IReadOnlyList<SettingsSection> sections, string[] words) =>
    [
        .. sections
            .Select(s => s with { Settings = [.. s.Settings.Where(o => words.All(w => o.Key.Contains(w, StringComparison.OrdinalIgnoreCase) || o.Summary.Contains(w, StringComparison.OrdinalIgnoreCase)))] })
            .Where(s => s.Settings.Count > 0),
    ];
}

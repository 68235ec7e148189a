namespace DeltaEdge.ComponentTests.Kubernetes;

/// <summary>A Dockerfile's instructions by stage, as far as its own rules need them read.</summary>
internal sealed class Dockerfile
{
    private Dockerfile(IReadOnlyList<Stage> stages) => Stages = stages;

    public static string Folder { get; } = Path.Combine(Checkout.Kubernetes, "docker");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.Dockerfile").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>What becomes the image.</summary>
    public Stage Final => Stages[^1];

    public static Dockerfile Read(string name)
    {
        var stages = new List<Stage>();
        foreach (var (keyword, arguments) in Instructions(File.ReadAllText(Path.Combine(Folder, name + ".Dockerfile"))))
        {
            if (keyword == "FROM")
            {
                var words = arguments.Split(' ');
                stages.Add(new Stage(words[0], words.Length == 3 ? words[2] : "", []));
            }
            else
            {
                stages[^1].Instructions.Add((keyword, arguments));
            }
        }

        return new(stages);
    }

    /// <summary>Comments gone, continued lines joined.</summary>
    private static IEnumerable<(string Keyword, string Arguments)> Instructions(string text) =>
        string.Join('\n', text.Split('\n').Where(l => !l.TrimStart().StartsWith('#'))).Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], string.Join(' ', parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    /// <param name="Image">Image that the stage starts from.</param>
    /// <param name="Name">Name after AS, or empty.</param>
    /// <param name="Instructions">Everything after FROM.</param>
    internal sealed record Stage(string Image, string Name, List<(string Keyword, string Arguments)> Instructions)
    {
        public IEnumerable<string> Of(string keyword) => Instructions.Where(i => i.Keyword == keyword).Select(i => i.Arguments);

        /// <summary>Environment variables that the stage sets.</summary>
        public IReadOnlyDictionary<string, string> Environment => Of("ENV").SelectMany(e => e.Split(' ')).Select(e => e.Split('=', 2)).ToDictionary(e => e[0], e => e[1], StringComparer.Ordinal);
    }
}

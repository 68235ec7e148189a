namespace DeltaEdge.Worker.Hosting;

/// <summary>Finds the model package: as told, by the environment, beside the program, or in the source tree that the program was built in.</summary>
public static class ModelLocation
{
    public const string Variable = "DELTAEDGE_MODEL";

    /// <summary>A worker's own setting as a variable, so that every command beside it means the same model.</summary>
    private const string Setting = "DeltaEdge__Worker__ModelPath";

    /// <exception cref="DirectoryNotFoundException">No package; the message says where it was looked for.</exception>
    public static string Find(string? told)
    {
        if ((told ?? Environment.GetEnvironmentVariable(Setting) ?? Environment.GetEnvironmentVariable(Variable)) is { } named)
        {
            return IsPackage(named) ? Path.GetFullPath(named) : throw new DirectoryNotFoundException($"'{named}' is no model package: it has no config.json.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "models", "nano");
            if (IsPackage(candidate))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException($"No models/nano above {AppContext.BaseDirectory}; name a package with --model or {Variable}.");
    }

    public static string Clips(string model) => Path.Combine(model, "clips");

    private static bool IsPackage(string folder) => File.Exists(Path.Combine(folder, "config.json"));
}

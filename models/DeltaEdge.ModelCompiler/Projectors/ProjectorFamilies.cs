using System.Collections.Frozen;
using DeltaEdge.ModelCompiler.Package;
using DeltaEdge.ModelCompiler.Projectors.Delta;

namespace DeltaEdge.ModelCompiler.Projectors;

/// <summary>Projector families by the name <c>config.json</c> gives them. A new family is its file and a line here.</summary>
internal static class ProjectorFamilies
{
    private static readonly FrozenDictionary<string, Func<ProjectorContext, IProjector>> ByName =
        new Dictionary<string, Func<ProjectorContext, IProjector>>(StringComparer.Ordinal)
        {
            ["delta"] = context => new DeltaProjector(context),
            ["mlp2x_gelu"] = context => new MlpProjector(context),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Family of the package: <c>mm_projector_type</c>, or what a Hugging Face LLaVA config without it means.</summary>
    public static string NameOf(ConfigSection config) => config.Text("mm_projector_type") ?? (config.Has("delta") ? "delta" : "mlp2x_gelu");

    public static IProjector Create(string name, ProjectorContext context) => ByName.TryGetValue(name, out var create)
        ? create(context)
        : throw context.Config.Unsupported("mm_projector_type", name, string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal)));
}

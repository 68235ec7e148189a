using System.Text.Json.Nodes;
using DeltaEdge.ComponentTests.ModelCompiler;

namespace DeltaEdge.ComponentTests.Worker.Swapping;

/// <summary>Copies of the tiny package under names of their own.</summary>
internal sealed class TinyPackages : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltaedge-packages-");

    public string Folder => _folder.FullName;

    /// <param name="name">Of the model, and of its folder.</param>
    /// <param name="change">Changes to its manifest.</param>
    public string Add(string name, Action<JsonObject>? change = null)
    {
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])["config.json", "model.safetensors", "tokenizer.json"])
        {
            File.Copy(Path.Combine(ModelFixtures.Tiny, file), Path.Combine(folder, file));
        }

        var manifest = JsonNode.Parse(File.ReadAllBytes(Path.Combine(ModelFixtures.Tiny, "manifest.json")))!.AsObject();
        manifest["name"] = name;
        change?.Invoke(manifest);
        File.WriteAllText(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
        return folder;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ModelCompiler.Package;

/// <summary>An opened model package: configuration and tensors.</summary>
internal sealed class ModelPackage : IDisposable
{
    public const string ConfigFile = "config.json";
    private readonly JsonDocument _config;

    private ModelPackage(JsonDocument config, TensorStore tensors)
    {
        _config = config;
        Tensors = tensors;
        Config = ConfigSection.Root(config.RootElement, ConfigFile);
    }

    public ConfigSection Config { get; }

    public TensorStore Tensors { get; }

    /// <summary>Files the compiler reads, relative to the package, in a fixed order.</summary>
    public static ImmutableArray<string> InputsOf(string directory) => Directory.Exists(directory)
        ? [ConfigFile, .. TensorStore.FilesOf(directory)]
        : throw new ModelPackageException($"The model package {directory} does not exist.");

    public static ModelPackage Open(string directory)
    {
        var path = Path.Combine(directory, ConfigFile);
        JsonDocument? config = null;
        TensorStore? tensors = null;
        try
        {
            config = JsonDocument.Parse(File.ReadAllBytes(path));
            tensors = TensorStore.Open(directory);
            return new ModelPackage(config, tensors);
        }
        catch (Exception e)
        {
            config?.Dispose();
            tensors?.Dispose();
            throw e switch
            {
                JsonException => new ModelPackageException($"{path} is not valid JSON: {e.Message}", e),
                IOException or UnauthorizedAccessException => new ModelPackageException($"{path} cannot be read: {e.Message}", e),
                _ => e,
            };
        }
    }

    public void Dispose()
    {
        Tensors.Dispose();
        _config.Dispose();
    }
}

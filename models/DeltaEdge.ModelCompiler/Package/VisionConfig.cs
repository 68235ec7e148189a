namespace DeltaEdge.ModelCompiler.Package;

/// <summary>Shape of the CLIP-style vision tower. Defaults are CLIP ViT-L/14 at 336 px, which original LLaVA configs do not spell out.</summary>
internal sealed record VisionConfig(int HiddenSize, int Layers, int Heads, int ImageSize, int PatchSize, float Epsilon, Activation Activation)
{
    public int Grid => ImageSize / PatchSize;

    public static VisionConfig Read(ConfigSection root, string file)
    {
        var section = root.Section("vision_config") ?? ConfigSection.Empty(file, "vision_config");
        root.RequireText("vision_feature_select_strategy", "default"); // Patches without the class row,
        root.RequireText("mm_vision_select_feature", "patch"); // as original LLaVA calls it.
        var activation = section.Text("hidden_act") ?? "quick_gelu";
        var config = new VisionConfig(
            section.Count("hidden_size", 1024),
            section.Count("num_hidden_layers", 24),
            section.Count("num_attention_heads", 16),
            section.Count("image_size", 336),
            section.Count("patch_size", 14),
            section.Real("layer_norm_eps", 1e-5f),
            activation switch
            {
                "gelu" => Activation.Gelu,
                "quick_gelu" => Activation.QuickGelu,
                _ => throw section.Unsupported("hidden_act", activation, "gelu, quick_gelu"),
            });
        if (config.ImageSize % config.PatchSize != 0 || config.HiddenSize % config.Heads != 0)
        {
            throw new ModelPackageException(
                $"{file}: vision_config needs image_size divisible by patch_size and hidden_size by num_attention_heads;"
                + $" it has {config.ImageSize}/{config.PatchSize} and {config.HiddenSize}/{config.Heads}.");
        }

        return config;
    }

    /// <summary>Index into the hidden states (0 = embeddings) of a layer given from either end, as Hugging Face counts it.</summary>
    public int StateIndex(int layer, string key, string file)
    {
        var index = layer < 0 ? layer + Layers + 1 : layer;
        return index >= 0 && index <= Layers
            ? index
            : throw new ModelPackageException($"{file}: '{key}' names layer {layer}; the tower has {Layers}.");
    }
}

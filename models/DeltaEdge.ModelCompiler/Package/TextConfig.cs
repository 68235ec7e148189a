using System.Collections.Immutable;

namespace DeltaEdge.ModelCompiler.Package;

/// <summary>Shape of the LLaMA decoder. Defaults are those of Hugging Face's LLaMA config, which published LLaVA configs lean on.</summary>
internal sealed record TextConfig(
    int HiddenSize,
    int Layers,
    int Heads,
    int KeyValueHeads,
    int HeadSize,
    int IntermediateSize,
    int VocabularySize,
    int MaxPositions,
    float Epsilon,
    float RopeTheta,
    bool IsHeadTied,
    int BosTokenId,
    ImmutableArray<int> EosTokenIds)
{
    private static readonly ImmutableArray<string> Architectures = ["llama"];

    // Original LLaVA keeps the decoder's keys at the top level, under its own model types.
    private static readonly ImmutableArray<string> FlatArchitectures = [.. Architectures, "llava", "llava_llama"];

    public static TextConfig Read(ConfigSection root, string file)
    {
        var nested = root.Section("text_config");
        var (section, architectures) = nested is null ? (root, FlatArchitectures) : (nested, Architectures);
        if (section.Text("model_type") is { } type && !architectures.Contains(type))
        {
            throw section.Unsupported("model_type", type, string.Join(", ", architectures));
        }

        if (section.Has("rope_scaling"))
        {
            throw section.Unsupported("rope_scaling", "set", "null");
        }

        // Newer configs keep what turns positions into angles in a section of its own.
        var rope = section.Section("rope_parameters");
        rope?.RequireText("rope_type", "default");
        foreach (var bias in (ReadOnlySpan<string>)["attention_bias", "mlp_bias"])
        {
            if (section.Flag(bias, false))
            {
                throw section.Unsupported(bias, "true", "false");
            }
        }

        section.RequireText("hidden_act", "silu");

        var hidden = section.Count("hidden_size", 4096);
        var heads = section.Count("num_attention_heads", 32);
        var theta = section.Real("rope_theta", 10000f);
        var config = new TextConfig(
            hidden,
            section.Count("num_hidden_layers", 32),
            heads,
            section.Count("num_key_value_heads", heads),
            section.Count("head_dim", Math.Max(1, hidden / heads)),
            section.Count("intermediate_size", 11008),
            section.Count("vocab_size", 32000),
            section.Count("max_position_embeddings", 2048),
            section.Real("rms_norm_eps", 1e-6f),
            rope?.Real("rope_theta", theta) ?? theta,
            section.Flag("tie_word_embeddings", root.Flag("tie_word_embeddings", false)),
            section.Whole("bos_token_id", root.Whole("bos_token_id", 1)),
            section.Wholes("eos_token_id") ?? root.Wholes("eos_token_id") ?? [2]);
        if (config.Heads % config.KeyValueHeads != 0 || config.HeadSize % 16 != 0)
        {
            throw new ModelPackageException(
                $"{file}: the decoder needs num_attention_heads divisible by num_key_value_heads and a head size divisible by 16"
                + $" (GroupQueryAttention's rotary embedding); it has {config.Heads}/{config.KeyValueHeads} and {config.HeadSize}.");
        }

        return config;
    }
}

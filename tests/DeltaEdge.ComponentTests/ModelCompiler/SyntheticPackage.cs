using System.Text.Json;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>A package of any shape with random weights, for speed and for shapes no fixture has. Defaults are nano's.</summary>
internal sealed record SyntheticPackage
{
    public int Tower { get; init; } = 192;

    public int TowerLayers { get; init; } = 4;

    public int TowerHeads { get; init; } = 6;

    public int Image { get; init; } = 336;

    public int[] Scales { get; init; } = [1, 2, 3, 4, 6, 12, 24];

    public int BlockHeadSize { get; init; } = 24;

    public int BlockGroups { get; init; } = 6;

    public int Hidden { get; init; } = 320;

    public int Layers { get; init; } = 8;

    public int Heads { get; init; } = 10;

    public int KeyValueHeads { get; init; } = 10;

    public int Inner { get; init; } = 864;

    public int Vocabulary { get; init; } = 768;

    public int Positions { get; init; } = 2048;

    /// <summary>Writes config.json and model.safetensors.</summary>
    public void Write(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllBytes(Path.Combine(directory, "config.json"), JsonSerializer.SerializeToUtf8Bytes(Config()));
        var random = new Random(1);
        SafetensorsWriter.Write(Path.Combine(directory, "model.safetensors"), Shapes().Select(t => (t.Name, t.Shape, Values(random, t.Name, t.Shape))));
    }

    private object Config() => new
    {
        model_type = "llava",
        mm_projector_type = "delta",
        vision_config = new
        {
            hidden_size = Tower,
            num_hidden_layers = TowerLayers,
            num_attention_heads = TowerHeads,
            image_size = Image,
            patch_size = 14,
            hidden_act = "gelu",
            layer_norm_eps = 1e-5,
        },
        text_config = new
        {
            model_type = "llama",
            hidden_size = Hidden,
            intermediate_size = Inner,
            num_hidden_layers = Layers,
            num_attention_heads = Heads,
            num_key_value_heads = KeyValueHeads,
            head_dim = Hidden / Heads,
            vocab_size = Vocabulary,
            max_position_embeddings = Positions,
            rms_norm_eps = 1e-5,
        },
        delta = new
        {
            tap_layers = Enumerable.Range(1, TowerLayers).ToArray(),
            query_layer = TowerLayers,
            num_heads = TowerHeads,
            scales = Scales,
            ntb = new { head_dim = BlockHeadSize },
        },
    };

    private IEnumerable<(string Name, int[] Shape)> Shapes() => TowerShapes().Concat(ProjectorShapes()).Concat(DecoderShapes());

    private IEnumerable<(string Name, int[] Shape)> TowerShapes()
    {
        const string Prefix = "vision_tower.vision_model.";
        yield return (Prefix + "embeddings.class_embedding", [Tower]);
        yield return (Prefix + "embeddings.patch_embedding.weight", [Tower, 3, 14, 14]);
        yield return (Prefix + "embeddings.position_embedding.weight", [((Image / 14) * (Image / 14)) + 1, Tower]);
        foreach (var norm in NormShapes(Prefix + "pre_layrnorm", Tower))
        {
            yield return norm;
        }

        for (var i = 0; i < TowerLayers; i++)
        {
            var layer = $"{Prefix}encoder.layers.{i}.";
            var parts = NormShapes(layer + "layer_norm1", Tower).Concat(NormShapes(layer + "layer_norm2", Tower))
                .Concat(new[] { "q", "k", "v", "out" }.SelectMany(p => LinearShapes($"{layer}self_attn.{p}_proj", Tower, Tower)))
                .Concat(LinearShapes(layer + "mlp.fc1", 4 * Tower, Tower)).Concat(LinearShapes(layer + "mlp.fc2", Tower, 4 * Tower));
            foreach (var part in parts)
            {
                yield return part;
            }
        }
    }

    private IEnumerable<(string Name, int[] Shape)> ProjectorShapes()
    {
        const string P = "multi_modal_projector.";
        const string N = P + "combined_block.ntb.";
        var (e, c) = (Tower, Tower / 4);
        var a = e - c;
        IEnumerable<(string, int[])> Delta(string name, int inputs) =>
            [(P + name + ".shared_weight.weight", [e, inputs]), (P + name + ".U", [inputs, 8]), (P + name + ".V", [8, e]), .. NormShapes(P + name + ".norm", e)];

        return
        [
            .. Delta("q_proj_1", e), .. Delta("k_proj_1", e * TowerLayers), .. Delta("v_proj_1", e * TowerLayers),
            (P + "clip_attn.in_proj_weight", [3 * e, e]), (P + "clip_attn.in_proj_bias", [3 * e]), .. LinearShapes(P + "clip_attn.out_proj", e, e),
            .. LinearShapes(P + "mlp.0", Hidden, e), .. LinearShapes(P + "mlp.2", Hidden, Hidden),
            (P + "scale_query", [Scales.Length, e]), (P + "scale_log_temperature", [Scales.Length, TowerHeads]),
            (N + "patch_embed.conv.weight", [a, e, 1, 1]), .. NormShapes(N + "norm_mhsa", a), .. NormShapes(N + "e_mhsa.norm", a),
            .. new[] { "q", "k", "v", "proj" }.SelectMany(p => LinearShapes($"{N}e_mhsa.{p}", a, a)),
            (N + "projection.conv.weight", [c, a, 1, 1]), (N + "mhca.group_conv3x3.weight", [c, c / BlockGroups, 3, 3]),
            .. NormShapes(N + "mhca.norm", c), (N + "mhca.projection.weight", [c, c, 1, 1]),
            (N + "mlp.conv1.weight", [2 * e, e, 1, 1]), (N + "mlp.conv1.bias", [2 * e]), (N + "mlp.conv2.weight", [e, 2 * e, 1, 1]), (N + "mlp.conv2.bias", [e]),
        ];
    }

    private IEnumerable<(string Name, int[] Shape)> DecoderShapes()
    {
        const string Prefix = "language_model.model.";
        var keyValue = Hidden / Heads * KeyValueHeads;
        yield return (Prefix + "embed_tokens.weight", [Vocabulary, Hidden]);
        yield return (Prefix + "norm.weight", [Hidden]);
        yield return ("language_model.lm_head.weight", [Vocabulary, Hidden]);
        for (var i = 0; i < Layers; i++)
        {
            var layer = $"{Prefix}layers.{i}.";
            yield return (layer + "input_layernorm.weight", [Hidden]);
            yield return (layer + "post_attention_layernorm.weight", [Hidden]);
            yield return (layer + "self_attn.q_proj.weight", [Hidden, Hidden]);
            yield return (layer + "self_attn.k_proj.weight", [keyValue, Hidden]);
            yield return (layer + "self_attn.v_proj.weight", [keyValue, Hidden]);
            yield return (layer + "self_attn.o_proj.weight", [Hidden, Hidden]);
            yield return (layer + "mlp.gate_proj.weight", [Inner, Hidden]);
            yield return (layer + "mlp.up_proj.weight", [Inner, Hidden]);
            yield return (layer + "mlp.down_proj.weight", [Hidden, Inner]);
        }
    }

    private static IEnumerable<(string Name, int[] Shape)> NormShapes(string name, int width) => [(name + ".weight", [width]), (name + ".bias", [width])];

    private static IEnumerable<(string Name, int[] Shape)> LinearShapes(string name, int outputs, int inputs) =>
        [(name + ".weight", [outputs, inputs]), (name + ".bias", [outputs])];

    // Fan-in scaled, norms near one, so that activations keep an ordinary size.
    private static float[] Values(Random random, string name, int[] shape)
    {
        var count = shape.Aggregate(1, (a, b) => a * b);
        var spread = shape.Length == 1 ? 0.1f : 1f / MathF.Sqrt((float)count / shape[0]);
        var centre = shape.Length == 1 && name.EndsWith("weight", StringComparison.Ordinal) ? 1f : 0f;
        return [.. Enumerable.Range(0, count).Select(_ => centre + (spread * (float)((random.NextDouble() * 2) - 1)))];
    }
}

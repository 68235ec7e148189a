using System.Collections.Immutable;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ModelCompiler.Vision;

/// <summary>CLIP's vision transformer up to the highest tapped block; later blocks and post_layernorm are never needed.</summary>
internal sealed class VisionTower(TensorStore store, VisionConfig config)
{
    private readonly TensorGroup _tensors = TensorGroup.Find(
        store,
        "vision tower",
        "embeddings.class_embedding",
        [
            "vision_tower.vision_model.",
            "model.vision_tower.vision_tower.vision_model.",
            "model.vision_tower.vision_model.",
            "vision_model.",
        ]);

    /// <summary>pixel_values (B, 3, S, S) to features (B, N, C · taps) and query_level (B, N, C), without the class row.</summary>
    /// <param name="graph">Receives nodes and edges.</param>
    /// <param name="taps">Hidden states that make the features; 0 is the embedding after pre_layrnorm.</param>
    /// <param name="queryState">Hidden state that makes the query level.</param>
    public void MakeEncoder(GraphBuilder graph, ImmutableArray<int> taps, int queryState)
    {
        var pixels = graph.Input("pixel_values", TensorElement.F32, "batch", 3, config.ImageSize, config.ImageSize);
        var last = Math.Max(taps.Max(), queryState);
        var states = new List<Value> { MakeEmbeddings(graph, pixels) };
        var normed = graph.LayerNorm("/layers.0/layer_norm1", states[0], _tensors.Child("encoder.layers.0").Norm("layer_norm1", config.HiddenSize, config.Epsilon));
        for (var layer = 0; layer < last; layer++)
        {
            (normed, var state) = MakeBlock(graph, layer, normed, states[layer], isLast: layer == last - 1);
            states.Add(state);
        }

        var patches = config.Grid * config.Grid;
        var features = graph.Concat("/taps", -1, [.. taps.Select(t => states[t])]);
        graph.Output("features", WithoutClass(graph, "/taps", features), TensorElement.F32, "batch", patches, config.HiddenSize * taps.Length);
        graph.Output("query_level", WithoutClass(graph, "/query_level", states[queryState]), TensorElement.F32, "batch", patches, config.HiddenSize);
    }

    // (B, 3, S, S) -> (B, 1 + N, C): patches by a strided convolution, the class row in front, positions, pre_layrnorm.
    private Value MakeEmbeddings(GraphBuilder graph, Value pixels)
    {
        const string Path = "/embeddings";
        var (width, patch, patches) = (config.HiddenSize, config.PatchSize, config.Grid * config.Grid);
        var group = _tensors.Child("embeddings");
        var kernel = graph.Weight($"{Path}/patch/weight", group.Tensor("patch_embedding.weight", width, 3, patch, patch), width, 3, patch, patch);
        var x = graph.Node(
            $"{Path}/patch",
            "Conv",
            [pixels, kernel],
            NodeAttribute.Wholes("kernel_shape", patch, patch),
            NodeAttribute.Wholes("strides", patch, patch)); // (B, C, g, g)
        x = graph.Transpose($"{Path}/patch", graph.Reshape($"{Path}/patch", x, 0, width, patches), 0, 2, 1); // (B, N, C)

        var batch = graph.Node($"{Path}/batch", "Shape", [pixels], NodeAttribute.Whole("end", 1));
        var classShape = graph.Concat($"{Path}/class_shape", 0, batch, graph.Wholes(1, width));
        var classRow = graph.Weight($"{Path}/class", group.Tensor("class_embedding", width), 1, 1, width);
        x = graph.Concat(Path, 1, graph.Node($"{Path}/class", "Expand", [classRow, classShape]), x);
        var positions = graph.Weight($"{Path}/positions", group.Tensor("position_embedding.weight", patches + 1, width), 1, patches + 1, width);
        return graph.SkipLayerNorm("/pre_layrnorm", x, positions, bias: null, _tensors.Norm("pre_layrnorm", width, config.Epsilon)).Normed;
    }

    // Takes the block's normed input and the residual it came from; gives the next block's.
    private (Value Normed, Value State) MakeBlock(GraphBuilder graph, int layer, Value normed, Value residual, bool isLast)
    {
        var width = config.HiddenSize;
        var path = $"/layers.{layer}";
        var group = _tensors.Child($"encoder.layers.{layer}");
        var attention = group.Child("self_attn");
        var packed = Linear.Pack(attention.Linear("q_proj", width, width), attention.Linear("k_proj", width, width), attention.Linear("v_proj", width, width));
        var qkv = graph.Split($"{path}/attn", graph.MakeProduct($"{path}/attn/qkv_proj", normed, packed), -1, width, width, width);
        var mixed = graph.MultiHeadAttention($"{path}/attn", qkv[0], qkv[1], qkv[2], packed.Bias!, config.Heads);
        var output = attention.Linear("out_proj", width, width);
        var x = graph.MakeProduct($"{path}/attn/out_proj", mixed, output);
        (normed, residual) = graph.SkipLayerNorm(
            $"{path}/layer_norm2", residual, x, output.Bias, group.Norm("layer_norm2", width, config.Epsilon));

        var inner = group.Size("mlp.fc1.weight", 0);
        var (up, down) = (group.Linear("mlp.fc1", inner, width), group.Linear("mlp.fc2", width, inner));
        x = graph.Activate($"{path}/mlp/act", graph.MakeProduct($"{path}/mlp/fc1", normed, up), up.Bias!, config.Activation);
        x = graph.MakeProduct($"{path}/mlp/fc2", x, down);
        if (isLast)
        {
            return (Value.None, graph.AddVector($"{path}/mlp/fc2", graph.Add($"{path}/residual", residual, x), down.Bias!));
        }

        var next = _tensors.Child($"encoder.layers.{layer + 1}").Norm("layer_norm1", width, config.Epsilon);
        return graph.SkipLayerNorm($"/layers.{layer + 1}/layer_norm1", residual, x, down.Bias, next);
    }

    private Value WithoutClass(GraphBuilder graph, string path, Value x) => graph.Slice(path, x, [1], [(config.Grid * config.Grid) + 1], [1]);
}

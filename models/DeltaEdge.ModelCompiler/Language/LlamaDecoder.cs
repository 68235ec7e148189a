using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ModelCompiler.Language;

/// <summary>
/// The LLaMA decoder from embeddings to the next token. The KV cache is the caller's memory: each layer's past and
/// present are bound to the same buffer, and GroupQueryAttention writes the new rows in place. Only the last position of
/// each sequence is followed past the last layer's attention.
/// </summary>
internal sealed class LlamaDecoder(TensorStore store, TextConfig config)
{
    private readonly TensorGroup _tensors = TensorGroup.Find(
        store, "language model", "embed_tokens.weight", ["language_model.model.", "model.language_model.", "model."]);

    /// <summary>The embedding table (vocabulary, hidden); rows are looked up by the caller.</summary>
    public float[] Embeddings => _tensors.Tensor("embed_tokens.weight", config.VocabularySize, config.HiddenSize);

    public void Make(GraphBuilder graph, int maxSequenceLength)
    {
        var x = graph.Input("inputs_embeds", TensorElement.F32, "batch", "sequence", config.HiddenSize);
        var lengths = graph.Input("seqlens_k", TensorElement.I32, "batch");
        var total = graph.Input("total_sequence_length", TensorElement.I32);
        var rotary = RotaryTable.Make(maxSequenceLength, config.HeadSize, config.RopeTheta);
        var cosines = graph.Weight("/rotary/cos", rotary.Cosines, rotary.Positions, rotary.Half);
        var sines = graph.Weight("/rotary/sin", rotary.Sines, rotary.Positions, rotary.Half);
        var last = MakeLastPosition(graph, x, lengths);

        var residual = x;
        var normed = graph.RmsNorm("/layers.0/input_norm", x, InputNorm(0), config.Epsilon);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var path = $"/layers.{layer}";
            var tensors = _tensors.Child($"layers.{layer}");
            var mixed = MakeAttention(graph, layer, tensors.Child("self_attn"), normed, [lengths, total, cosines, sines]);
            if (layer == config.Layers - 1)
            {
                mixed = Gather("mixed", mixed);
                residual = Gather("residual", residual);
            }

            x = graph.MatMul($"{path}/attn/o_proj", mixed, Weight(tensors, "self_attn.o_proj", config.HiddenSize, config.Heads * config.HeadSize));
            (normed, residual) = graph.SkipRmsNorm(
                $"{path}/post_norm", residual, x, tensors.Tensor("post_attention_layernorm.weight", config.HiddenSize), config.Epsilon);
            x = MakeMlp(graph, $"{path}/mlp", tensors.Child("mlp"), normed);
            (normed, residual) = graph.SkipRmsNorm($"/layers.{layer + 1}/input_norm", residual, x, InputNorm(layer + 1), config.Epsilon);
        }

        MakeHead(graph, normed);

        // (B, S, w) -> (B, 1, w)
        Value Gather(string what, Value value) =>
            graph.Node($"/last/{what}", "GatherND", [value, last], NodeAttribute.Whole("batch_dims", 1));
    }

    // LLaMA's linear layers have no bias.
    private static Matrix Weight(TensorGroup tensors, string name, int outputs, int inputs) => tensors.Linear(name, outputs, inputs, bias: false).Weight;

    // The norm in front of a layer; in front of the head after the last.
    private float[] InputNorm(int layer) =>
        _tensors.Tensor(layer < config.Layers ? $"layers.{layer}.input_layernorm.weight" : "norm.weight", config.HiddenSize);

    private Value MakeAttention(GraphBuilder graph, int layer, TensorGroup tensors, Value normed, ReadOnlySpan<Value> shared)
    {
        var path = $"/layers.{layer}/attn";
        var (queries, keys) = (config.Heads * config.HeadSize, config.KeyValueHeads * config.HeadSize);
        var packed = Matrix.StackRows(
            Weight(tensors, "q_proj", queries, config.HiddenSize),
            Weight(tensors, "k_proj", keys, config.HiddenSize),
            Weight(tensors, "v_proj", keys, config.HiddenSize));
        var qkv = graph.MatMul($"{path}/qkv_proj", normed, packed); // (B, S, (H + 2 H_kv) d)
        var pastKey = graph.Input($"past_key_values.{layer}.key", TensorElement.F32, "batch", config.KeyValueHeads, "max_sequence", config.HeadSize);
        var pastValue = graph.Input($"past_key_values.{layer}.value", TensorElement.F32, "batch", config.KeyValueHeads, "max_sequence", config.HeadSize);
        var outputs = graph.ContribNodes(
            path,
            "GroupQueryAttention",
            [qkv, Value.None, Value.None, pastKey, pastValue, .. shared],
            3,
            NodeAttribute.Whole("num_heads", config.Heads),
            NodeAttribute.Whole("kv_num_heads", config.KeyValueHeads),
            NodeAttribute.Whole("do_rotary", 1));
        graph.Output($"present.{layer}.key", outputs[1], TensorElement.F32, "batch", config.KeyValueHeads, "max_sequence", config.HeadSize);
        graph.Output($"present.{layer}.value", outputs[2], TensorElement.F32, "batch", config.KeyValueHeads, "max_sequence", config.HeadSize);
        return outputs[0];
    }

    // Gate and up stay apart: packed, the split costs 2 % of a prefill and a decode step gains nothing.
    private Value MakeMlp(GraphBuilder graph, string path, TensorGroup tensors, Value x)
    {
        var inner = config.IntermediateSize;
        var gate = graph.MatMul($"{path}/gate_proj", x, Weight(tensors, "gate_proj", inner, config.HiddenSize));
        var up = graph.MatMul($"{path}/up_proj", x, Weight(tensors, "up_proj", inner, config.HiddenSize));
        x = graph.Multiply(path, graph.QuickGelu($"{path}/act", gate, 1f), up); // silu(gate) * up
        return graph.MatMul($"{path}/down_proj", x, Weight(tensors, "down_proj", config.HiddenSize, inner));
    }

    // Index of each row's last real position in this run, (B, 1, 1): seqlens_k for a prompt from the start (also when
    // shorter than the longest of its batch), S - 1 when past rows precede it.
    private static Value MakeLastPosition(GraphBuilder graph, Value embeddings, Value lengths)
    {
        const string Path = "/last";
        var sequence = graph.Node($"{Path}/sequence", "Shape", [embeddings], NodeAttribute.Whole("start", 1), NodeAttribute.Whole("end", 2));
        var highest = graph.Node(Path, "Sub", [sequence, graph.Wholes(1)]);
        var wide = graph.Node(Path, "Cast", [lengths], NodeAttribute.Whole("to", 7)); // int64
        return graph.Reshape(Path, graph.Node(Path, "Min", [wide, highest]), -1, 1, 1);
    }

    private void MakeHead(GraphBuilder graph, Value normed)
    {
        var head = config.IsHeadTied
            ? new Matrix(Embeddings, config.VocabularySize, config.HiddenSize)
            : Weight(TensorGroup.Find(store, "output head", "lm_head.weight", ["language_model.", ""]), "lm_head", config.VocabularySize, config.HiddenSize);
        var logits = graph.Reshape("/lm_head", graph.MatMul("/lm_head", normed, head), -1, config.VocabularySize);
        var next = graph.Node("/next_token", "ArgMax", [logits], NodeAttribute.Whole("axis", -1), NodeAttribute.Whole("keepdims", 0));
        graph.Output("logits", logits, TensorElement.F32, "batch", config.VocabularySize);
        graph.Output("next_token", next, TensorElement.I64, "batch");
    }
}

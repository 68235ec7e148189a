using DeltaEdge.ModelCompiler.Onnx;

namespace DeltaEdge.ModelCompiler.Projectors.Delta;

/// <summary>
/// Attention of each query to the s × s patches under it and nothing else. Queries arrive scaled, so the logits are
/// plain products. Windows are axes of a reshape, never a copy: one query per window leaves only sums, which cost less
/// than the many small products of a batched MatMul.
/// </summary>
internal static class WindowAttention
{
    /// <summary>q (B, K, E), keys and values (B, N, E) in raster order -> (B, K, E).</summary>
    public static Value Make(GraphBuilder graph, string path, Value q, Value keys, Value values, int grid, int scale, int heads, int headSize)
    {
        var (side, s) = (grid / scale, scale);
        var query = graph.Reshape($"{path}/query", q, 0, side, 1, side, 1, heads, headSize); // (B, g, 1, g, 1, H, d)
        var key = graph.Reshape($"{path}/key", keys, 0, side, s, side, s, heads, headSize); // (B, g, s, g, s, H, d)
        var value = graph.Reshape($"{path}/value", values, 0, side, s, side, s, heads, headSize);

        var logits = graph.Sum($"{path}/logits", graph.Multiply($"{path}/logits", key, query), keep: false, -1); // (B, g, s, g, s, H)
        logits = graph.Transpose($"{path}/logits", logits, 0, 1, 3, 5, 2, 4); // (B, g, g, H, s, s)
        var flat = graph.Reshape($"{path}/logits", logits, 0, side * side, heads, s * s);
        var weights = graph.Reshape($"{path}/weights", graph.Softmax(path, flat), 0, side, side, heads, s, s);
        weights = graph.Transpose($"{path}/weights", weights, 0, 1, 4, 2, 5, 3); // (B, g, s, g, s, H)
        weights = graph.Reshape($"{path}/weights_last", weights, 0, side, s, side, s, heads, 1);

        var mixed = graph.Sum($"{path}/mix", graph.Multiply($"{path}/mix", value, weights), keep: false, 2, 4); // (B, g, g, H, d)
        return graph.Reshape($"{path}/mix", mixed, 0, side * side, heads * headSize);
    }
}

using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Onnx;
using DeltaEdge.ModelCompiler.Package;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Words of the graph vocabulary whose arithmetic is not obvious from the operator's name, against the formula.</summary>
public sealed class OperatorTests
{
    private const int Width = 64;
    private static readonly float[] Input = [.. Enumerable.Range(0, 3 * Width).Select(i => MathF.Sin(i * 1.7f) * (1 + (i % 5)))];
    private static readonly float[] Bias = [.. Enumerable.Range(0, Width).Select(i => MathF.Cos(i))];

    [Fact]
    public void QuickGelu_IsXTimesSigmoidOf1702X() => AssertRows(
        (graph, x) => graph.Activate("/act", x, Bias, Activation.QuickGelu),
        row => [.. row.Select((v, i) => Sigmoid(1.702 * (v + Bias[i])) * (v + Bias[i]))]);

    [Fact]
    public void Silu_IsXTimesSigmoidOfX() => AssertRows((graph, x) => graph.QuickGelu("/act", x, 1f), row => [.. row.Select(v => v * Sigmoid(v))]);

    [Theory]
    [InlineData(1e-6f, 1f)]
    [InlineData(1e-5f, 1e-3f)] // inputs small enough for epsilon to matter
    public void LayerNormBySkipForm_IsLayerNorm(float epsilon, float inputScale)
    {
        var norm = new Norm([.. Enumerable.Range(0, Width).Select(i => 1 + (0.1f * i))], Bias, epsilon);
        AssertRows(
            (graph, x) => graph.LayerNorm("/norm", x, norm),
            row =>
            {
                var mean = row.Average();
                var variance = row.Average(v => (v - mean) * (v - mean));
                return [.. row.Select((v, i) => ((v - mean) / Math.Sqrt(variance + epsilon) * norm.Scale[i]) + norm.Shift[i])];
            },
            inputScale);
    }

    [Fact]
    public void SkipRmsNorm_NormalisesTheSum() => AssertRows(
        (graph, x) => graph.SkipRmsNorm("/norm", x, x, Bias, 1e-5f).Normed,
        row => [.. row.Select((v, i) => 2 * v * Bias[i] / Math.Sqrt(row.Average(w => 4 * w * w) + 1e-5))]);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void AssertRows(Func<GraphBuilder, Value, Value> make, Func<double[], double[]> formula, float inputScale = 1)
    {
        using var directory = new TemporaryDirectory();
        float[] input = [.. Input.Select(v => v * inputScale)];
        using (var weights = WeightFile.Create(directory.Path, "x.weights"))
        {
            var graph = new GraphBuilder("x", weights);
            var x = graph.Input("x", TensorElement.F32, 1, "rows", Width);
            graph.Output("y", make(graph, x), TensorElement.F32, 1, "rows", Width);
            graph.Save(directory.Path, "x.onnx");
        }

        using var options = StageRunner.Options(threads: 1);
        using var session = new InferenceSession(directory.Child("x.onnx"), options);
        using var run = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, Width]);
        using var outputs = session.Run(run, ["x"], [value], ["y"]);
        float[] expected = [.. input.Chunk(Width).SelectMany(row => formula([.. row.Select(v => (double)v)])).Select(v => (float)v)];
        Closeness.AssertClose("rows", expected, outputs[0].GetTensorDataAsSpan<float>(), limit: 1e-5);
    }
}

using DeltaEdge.Core.Models;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Runs one float-to-float graph of a compiled model on the CPU provider.</summary>
internal sealed class StageRunner : IDisposable
{
    private readonly CompiledGraph _graph;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    public StageRunner(CompiledModel model, CompiledGraph graph, int threads = 1)
    {
        _graph = graph;
        using var options = Options(threads);
        _session = new InferenceSession(model.PathOf(graph), options);
    }

    public static SessionOptions Options(int threads) => new()
    {
        IntraOpNumThreads = threads,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };

    /// <summary>Outputs by name; the batch is what the first input's length makes it.</summary>
    public Dictionary<string, float[]> Run(params float[][] inputs)
    {
        Assert.Equal(_graph.Inputs.Length, inputs.Length);
        var values = new List<OrtValue>();
        try
        {
            for (var i = 0; i < inputs.Length; i++)
            {
                values.Add(OrtValue.CreateTensorValueFromMemory(inputs[i], Shape(_graph.Inputs[i], inputs[i].Length)));
            }

            using var outputs = _session.Run(_runOptions, [.. _graph.Inputs.Select(t => t.Name)], values, [.. _graph.Outputs.Select(t => t.Name)]);
            return _graph.Outputs.Zip(outputs).ToDictionary(p => p.First.Name, p => p.Second.GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            values.ForEach(v => v.Dispose());
        }
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static long[] Shape(TensorSpec spec, int length)
    {
        var fixedPart = spec.Shape.Where(d => d != TensorSpec.Dynamic).Aggregate(1, (a, b) => a * b);
        Assert.Equal(0, length % fixedPart);
        return [.. spec.Shape.Select(d => d == TensorSpec.Dynamic ? (long)(length / fixedPart) : d)];
    }
}

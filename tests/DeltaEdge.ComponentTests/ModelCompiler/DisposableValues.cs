using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Tensors over managed memory for the length of one run.</summary>
internal sealed class DisposableValues : IDisposable
{
    private readonly List<OrtValue> _values = [];

    public OrtValue Add<T>(T[] memory, params ReadOnlySpan<long> shape)
        where T : unmanaged => Add(memory.AsMemory(), shape);

    public OrtValue Add<T>(Memory<T> memory, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape.ToArray());
        _values.Add(value);
        return value;
    }

    public void Dispose() => _values.ForEach(v => v.Dispose());
}

using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DeltaEdge.Inference.Sessions;

/// <summary>Makes ONNX Runtime values over memory that outlives them.</summary>
internal static class Tensors
{
    /// <summary>An array that never moves, so that native code may keep its address.</summary>
    public static T[] Pinned<T>(int length)
        where T : unmanaged => GC.AllocateUninitializedArray<T>(length, pinned: true);

    /// <summary>A view of part of a pinned array.</summary>
    public static OrtValue View<T>(T[] pinned, int offset, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var length = 1L;
        foreach (var dimension in shape)
        {
            length *= dimension;
        }

        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pinned.AsMemory(offset, checked((int)length)), shape.ToArray());
    }

    /// <summary>Native memory of that shape; dynamic dimensions count as 1.</summary>
    public static OrtValue Allocate(ImmutableArray<int> shape) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [.. shape.Select(d => (long)Math.Max(1, d))]);

    public static long Bytes(ImmutableArray<int> shape) => shape.Aggregate((long)sizeof(float), (bytes, d) => bytes * Math.Max(1, d));
}

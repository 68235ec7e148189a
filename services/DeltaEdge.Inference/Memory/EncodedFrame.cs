using System.Collections.Frozen;
using DeltaEdge.Core.Models;
using DeltaEdge.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.Inference.Memory;

/// <summary>What every budget of one frame is projected from: the tensors that the projector's query graphs read.</summary>
internal sealed class EncodedFrame : IDisposable
{
    private readonly FrozenDictionary<string, OrtValue> _tensors;

    public EncodedFrame(IEnumerable<TensorSpec> specs) => _tensors = specs.ToFrozenDictionary(s => s.Name, s => Tensors.Allocate(s.Shape));

    public UInt128 Key { get; set; }

    /// <summary>Stamp of the cache; larger is later.</summary>
    public long UsedAt { get; set; }

    /// <summary>The tensor of that name, or null if no budget needs it.</summary>
    public OrtValue? Find(string name) => _tensors.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }
}

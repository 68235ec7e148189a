using System.Collections.Immutable;
using DeltaEdge.ModelCompiler.Numerics;
using DeltaEdge.ModelCompiler.Safetensors;

namespace DeltaEdge.ModelCompiler.Package;

/// <summary>The tensors under one prefix. Reads check the shape, so that a wrong config fails by name and not inside a graph.</summary>
internal sealed class TensorGroup(TensorStore store, string prefix)
{
    /// <summary>The first of <paramref name="prefixes"/> under which the tensor <paramref name="probe"/> exists.</summary>
    public static TensorGroup Find(TensorStore store, string part, string probe, ImmutableArray<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (store.Contains(prefix + probe))
            {
                return new TensorGroup(store, prefix);
            }
        }

        throw new ModelPackageException(
            $"The package holds no {part}: '{probe}' was looked for under {string.Join(", ", prefixes.Select(p => $"'{p}'"))}.");
    }

    public TensorGroup Child(string name) => new(store, $"{prefix}{name}.");

    public bool Contains(string name) => store.Contains(prefix + name);

    /// <summary>Dimension <paramref name="axis"/> of a tensor, for sizes the config does not need to repeat.</summary>
    public int Size(string name, int axis)
    {
        var shape = store.ShapeOf(prefix + name);
        return axis < shape.Length
            ? shape[axis]
            : throw new ModelPackageException($"Tensor '{prefix}{name}' has {shape.Length} dimensions, expected more than {axis}.");
    }

    public float[] Tensor(string name, params ReadOnlySpan<int> shape)
    {
        var found = store.ShapeOf(prefix + name);
        return found.AsSpan().SequenceEqual(shape)
            ? store.Read(prefix + name)
            : throw new ModelPackageException(
                $"Tensor '{prefix}{name}' has shape [{string.Join(", ", found)}], expected [{string.Join(", ", shape.ToArray())}].");
    }

    /// <summary>A weight kept as (out, in), with or without the 1×1 kernel of a convolution.</summary>
    public Matrix Matrix(string name, int rows, int columns)
    {
        var isConvolution = store.ShapeOf(prefix + name).Length == 4;
        var values = isConvolution ? Tensor(name, rows, columns, 1, 1) : Tensor(name, rows, columns);
        return new Matrix(values, rows, columns);
    }

    /// <summary><c>weight</c> and, if the part has one, <c>bias</c> of a linear layer or 1×1 convolution; one that should not be there is refused.</summary>
    public Linear Linear(string name, int outputs, int inputs, bool bias = true) => Child(name).Linear(outputs, inputs, bias);

    public Linear Linear(int outputs, int inputs, bool bias = true) =>
        bias || !Contains("bias")
            ? new(Matrix("weight", outputs, inputs), bias ? Tensor("bias", outputs) : null)
            : throw new ModelPackageException($"The package has a tensor '{prefix}bias'; no bias is supported there.");

    public Norm Norm(string name, int width, float epsilon) =>
        new(Tensor($"{name}.weight", width), Tensor($"{name}.bias", width), epsilon);
}

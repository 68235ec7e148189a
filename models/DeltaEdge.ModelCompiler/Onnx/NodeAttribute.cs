using DeltaEdge.ModelCompiler.Onnx.Format;
using Google.Protobuf;
using AttributeType = DeltaEdge.ModelCompiler.Onnx.Format.AttributeProto.Types.AttributeType;

namespace DeltaEdge.ModelCompiler.Onnx;

/// <summary>Makes node attributes.</summary>
internal static class NodeAttribute
{
    public static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeType.Int, I = value };

    public static AttributeProto Real(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    public static AttributeProto Text(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    public static AttributeProto Wholes(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeType.Ints };
        attribute.Ints.AddRange(values.ToArray());
        return attribute;
    }
}

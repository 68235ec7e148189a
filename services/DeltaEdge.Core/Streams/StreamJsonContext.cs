using System.Text.Json.Serialization;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Events;

namespace DeltaEdge.Core.Streams;

/// <summary>Wire JSON of streams and their answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StreamStatus))]
[JsonSerializable(typeof(StreamList))]
[JsonSerializable(typeof(StreamAnswer))]
[JsonSerializable(typeof(StreamEvent))]
public sealed partial class StreamJsonContext : JsonSerializerContext;

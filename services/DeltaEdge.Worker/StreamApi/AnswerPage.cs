using System.Text.Json.Serialization;
using DeltaEdge.Core.Answers;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>A page of a stream's feed.</summary>
/// <param name="Object">Always "list".</param>
/// <param name="Data">Answers, oldest first.</param>
/// <param name="NextAfter">What to send as <c>after</c> for the next page.</param>
/// <param name="Missed">Answers that had already left the feed.</param>
internal sealed record AnswerPage(string Object, IReadOnlyList<StreamAnswer> Data, long NextAfter, long Missed);

/// <summary>Data of a <c>gap</c> event: answers that left the feed before this reader came back.</summary>
internal sealed record FeedGap(long Missed, long NextId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AnswerPage))]
[JsonSerializable(typeof(FeedGap))]
internal sealed partial class AnswerPageJson : JsonSerializerContext;

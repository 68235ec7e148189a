namespace DeltaEdge.Worker.Chat;

/// <summary>What the messages of a chat hold for a vision model: the question, its image or the URL to fetch it from, and OpenAI's <c>detail</c>.</summary>
internal sealed record ChatContent(string Question, byte[] ImageBytes, string? ImageUrl, string Detail);

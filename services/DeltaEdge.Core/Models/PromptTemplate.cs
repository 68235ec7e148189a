namespace DeltaEdge.Core.Models;

/// <summary>
/// How a prompt is put together: bos, encode(BeforeImage), the visual tokens, encode(AfterImage with {question} replaced).
/// </summary>
/// <param name="BeforeImage">Text in front of the image.</param>
/// <param name="AfterImage">Text behind it, holding <c>{question}</c>.</param>
/// <param name="BosTokenId">First token.</param>
/// <param name="EosTokenId">Token that ends an answer.</param>
/// <param name="MaxNewTokens">Longest answer the model was made for; what an ask gets that names no other limit.</param>
public sealed record PromptTemplate(string BeforeImage, string AfterImage, int BosTokenId, int EosTokenId, int MaxNewTokens)
{
    public const string QuestionMark = "{question}";

    public string AfterImageFor(string question) => AfterImage.Replace(QuestionMark, question, StringComparison.Ordinal);
}

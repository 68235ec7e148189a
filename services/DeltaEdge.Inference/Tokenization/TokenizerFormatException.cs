namespace DeltaEdge.Inference.Tokenization;

/// <summary>A tokenizer file that this reader cannot honour exactly; reading on would give wrong tokens in silence.</summary>
public sealed class TokenizerFormatException(string message, Exception? inner = null) : Exception(message, inner);

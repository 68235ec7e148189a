namespace DeltaEdge.Core.Wire;

/// <summary>OpenAI's error shape: all four keys always present.</summary>
public sealed record ApiErrorBody(ApiErrorDetail Error);

/// <inheritdoc cref="ApiErrorBody"/>
public sealed record ApiErrorDetail(string Message, string Type, string? Param, string? Code);

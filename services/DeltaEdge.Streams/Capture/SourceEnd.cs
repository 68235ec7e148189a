namespace DeltaEdge.Streams.Capture;

/// <summary>Why a source gives no more frames.</summary>
/// <param name="Kind">Whether opening it again helps.</param>
/// <param name="Message">For the client; holds no credentials.</param>
public sealed record SourceEnd(SourceEndKind Kind, string Message)
{
    public static SourceEnd Ended() => new(SourceEndKind.Ended, "The source has ended.");

    public static SourceEnd Lost(string message) => new(SourceEndKind.Lost, message);

    public static SourceEnd CredentialsRefused() => new(SourceEndKind.Refused, "The source refused the credentials.");

    public static SourceEnd Failed(string message) => new(SourceEndKind.Failed, message);
}

namespace DeltaEdge.Fabric.Streams;

/// <summary>Values 0 to 3 are what <c>claim-stream.lua</c> returns.</summary>
public enum ClaimOutcome
{
    /// <summary>Another live worker owns it: HTTP 409.</summary>
    Taken = 0,

    /// <summary>It is the claimant's.</summary>
    Granted = 1,

    /// <summary>The claimant has no live report, so nothing would keep the claim alive. Publish first.</summary>
    UnknownWorker = 2,

    /// <summary>Shared state is out of reach, or came back so lately that whoever owns the stream may not have been heard yet. Trying again later helps: HTTP 503.</summary>
    Unavailable = 3,
}

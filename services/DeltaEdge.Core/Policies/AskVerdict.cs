namespace DeltaEdge.Core.Policies;

/// <summary>How an ask ended.</summary>
public enum AskVerdict
{
    OnTime = 0,
    Late = 1,

    /// <summary>Its deadline passed before it was answered.</summary>
    Expired = 2,

    /// <summary>It was not let in, or a newer frame took its place.</summary>
    Refused = 3,

    /// <summary>Cancelled, or the model failed on it: says nothing about load.</summary>
    Void = 4,
}

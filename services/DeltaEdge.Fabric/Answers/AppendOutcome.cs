namespace DeltaEdge.Fabric.Answers;

/// <summary>Values 0 to 2 are what <c>append-answer.lua</c> returns.</summary>
public enum AppendOutcome
{
    Appended = 0,

    /// <summary>Another owns the stream by now (its fence is higher), or nobody does: let go of it.</summary>
    NotOwner = 1,

    /// <summary>Shared state is out of reach, or was emptied and is being filled again. The same key may be tried again: it is appended once.</summary>
    Unavailable = 2,
}

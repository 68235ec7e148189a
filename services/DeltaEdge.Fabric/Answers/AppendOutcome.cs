namespace DeltaEdge.Fabric.Answers;

public enum AppendOutcome
{
    Appended = 0,

    /// <summary>Another owns the stream by now (its fence is higher), or nobody does: let go of it.</summary>
    NotOwner = 1,

    /// <summary>Shared state is out of reach. The same sequence may be tried again: it is appended once.</summary>
    Unavailable = 2,
}

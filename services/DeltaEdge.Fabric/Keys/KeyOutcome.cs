namespace DeltaEdge.Fabric.Keys;

public enum KeyOutcome
{
    Done = 0,

    /// <summary>Adding: the id is taken.</summary>
    Exists = 1,

    /// <summary>Revoking: there is no such key.</summary>
    Unknown = 2,

    /// <summary>The store is out of reach or busy: nothing was changed.</summary>
    Unavailable = 3,
}

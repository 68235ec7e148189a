namespace DeltaEdge.Fabric.Catalog;

public enum CatalogOutcome
{
    Done = 0,

    /// <summary>Adding: the id is taken. HTTP 409.</summary>
    Exists = 1,

    /// <summary>Replacing or removing: there is no such stream. HTTP 404.</summary>
    Unknown = 2,

    /// <summary>Replacing: somebody else has changed it since it was read. Read it again and try again.</summary>
    Changed = 3,

    /// <summary>Shared state is out of reach: nothing was changed. HTTP 503.</summary>
    Unavailable = 4,
}

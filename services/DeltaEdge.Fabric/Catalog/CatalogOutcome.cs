namespace DeltaEdge.Fabric.Catalog;

/// <summary>Values 0 to 4 are what <c>change-catalog.lua</c> returns.</summary>
public enum CatalogOutcome
{
    Done = 0,

    /// <summary>Adding: the id is taken. HTTP 409.</summary>
    Exists = 1,

    /// <summary>Replacing or removing: there is no such stream. HTTP 404.</summary>
    Unknown = 2,

    /// <summary>Replacing: somebody else has changed it since it was read. Read it again and try again.</summary>
    Changed = 3,

    /// <summary>Shared state is being filled again after it was emptied, or did not answer; what it did not answer to it may still have done. HTTP 503.</summary>
    Unavailable = 4,
}

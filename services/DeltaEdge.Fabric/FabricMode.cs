namespace DeltaEdge.Fabric;

public enum FabricMode
{
    /// <summary>Everything in one process; nothing beside it is needed.</summary>
    InProcess = 0,

    /// <summary>Several processes share their state through a Redis server.</summary>
    Redis = 1,
}

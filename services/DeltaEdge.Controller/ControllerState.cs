namespace DeltaEdge.Controller;

/// <summary>What the controller does. Lower-case names are a metric label.</summary>
internal enum ControllerState
{
    /// <summary>No tick yet.</summary>
    Starting = 0,

    /// <summary>Decides and publishes.</summary>
    Leading = 1,

    /// <summary>Another controller leads; its plan is followed, to go on from it when it is lost.</summary>
    Standby = 2,

    /// <summary>Decides and logs, publishes nothing.</summary>
    Shadow = 3,

    /// <summary>Shared state is out of reach; workers steer alone.</summary>
    Away = 4,
}

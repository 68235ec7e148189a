namespace DeltaEdge.Core.Scheduling;

/// <summary>What became of an ask at the door.</summary>
public enum AdmissionVerdict
{
    /// <summary>It waits now.</summary>
    Accepted = 0,

    /// <summary>Not even at the floor would it be on time, as predicted.</summary>
    TooLate = 1,

    /// <summary>As many asks wait as may, or the policy lets in no more.</summary>
    QueueFull = 2,

    /// <summary>The engine takes nothing in any more.</summary>
    Closed = 3,
}

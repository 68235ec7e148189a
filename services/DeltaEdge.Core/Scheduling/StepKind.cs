namespace DeltaEdge.Core.Scheduling;

/// <summary>What the engine does next.</summary>
public enum StepKind
{
    /// <summary>Nothing waits and nothing decodes.</summary>
    Idle = 0,

    /// <summary>Encode the head group's frame.</summary>
    Encode = 1,

    /// <summary>Project and prefill the head group at one budget.</summary>
    Prefill = 2,

    /// <summary>One token of every active row.</summary>
    Decode = 3,
}

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>What an oracle wants.</summary>
internal enum OracleAim
{
    /// <summary>Answers that are on time and correct.</summary>
    Useful,

    /// <summary>The same, each counted by the weight of its class: what DeltaEdge itself wants.</summary>
    Weighted,

    /// <summary>Answers that are on time.</summary>
    OnTime,
}

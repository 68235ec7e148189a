namespace DeltaEdge.Core.Dispatch;

/// <summary>Why an answer got fewer visual tokens than would have answered it best. On the wire in lower case.</summary>
public enum DegradedReason
{
    /// <summary>No larger budget is expected to answer better.</summary>
    None = 0,

    /// <summary>Slack or the plan would not allow more.</summary>
    Load = 1,

    /// <summary>Not even the floor was predicted to be on time; the floor was spent all the same.</summary>
    Floor = 2,

    /// <summary>The request, stream or SLA class asks for no more.</summary>
    Class = 3,
}

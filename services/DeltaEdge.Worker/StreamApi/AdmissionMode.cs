namespace DeltaEdge.Worker.StreamApi;

/// <summary>What happens to a stream that is predicted not to fit.</summary>
public enum AdmissionMode
{
    /// <summary>It is refused, with what would fit.</summary>
    Refuse = 0,

    /// <summary>It is added, and the answer says what is wrong.</summary>
    Warn = 1,

    /// <summary>Nothing is predicted.</summary>
    Off = 2,
}

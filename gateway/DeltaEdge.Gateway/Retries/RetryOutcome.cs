namespace DeltaEdge.Gateway.Retries;

/// <summary>What became of an ask whose worker failed before it had begun to answer; values of the metric's <c>outcome</c> label.</summary>
internal static class RetryOutcome
{
    /// <summary>Another worker answered, whatever its answer was.</summary>
    public const string Answered = "answered";

    /// <summary>Another worker was asked and failed as well.</summary>
    public const string Failed = "failed";

    /// <summary>There was no other worker.</summary>
    public const string NoOtherWorker = "no_other_worker";

    /// <summary>Its deadline was over.</summary>
    public const string DeadlineOver = "deadline_over";

    /// <summary>Its body was too long to keep, or there was no memory left for it.</summary>
    public const string BodyNotKept = "body_not_kept";
}

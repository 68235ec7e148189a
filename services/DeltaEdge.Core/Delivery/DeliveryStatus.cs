namespace DeltaEdge.Core.Delivery;

/// <summary>How the way to one of a stream's targets goes, as the API shows it. Streams that deliver to the same place share it.</summary>
/// <param name="Type">The target's, as in <c>deliver</c>.</param>
/// <param name="Url">The target's, as it is shown in <c>deliver</c>.</param>
/// <param name="State">One of <see cref="Ok"/>, <see cref="Failing"/>, <see cref="Refusing"/>.</param>
/// <param name="Pending">Messages that wait for it.</param>
/// <param name="FailedAttempts">Attempts in a row that it did not take.</param>
/// <param name="LastError">Why it did not take the last one, without credentials; null if it did, or nothing was sent yet.</param>
public sealed record DeliveryStatus(string Type, string Url, string State, int Pending, int FailedAttempts, string? LastError)
{
    /// <summary>The last message was taken, or none was sent yet.</summary>
    public const string Ok = "ok";

    /// <summary>The last attempt failed; what is pending is tried again.</summary>
    public const string Failing = "failing";

    /// <summary>The last message was refused and given up; the next is sent as usual.</summary>
    public const string Refusing = "refusing";
}

namespace DeltaEdge.Core.Delivery;

/// <summary>What the status of a webhook's answer says about the message.</summary>
public static class WebhookStatus
{
    public static bool IsDelivered(int status) => status is >= 200 and < 300;

    /// <summary>
    /// Whether it is about the message itself, so that sending it again is in vain: its body is not understood (400, 422) or too large
    /// (413). All else is about the way or the place, 410 included, and ends when somebody mends them: an ingress whose receiver is being
    /// replaced answers 404, an expired login 401 or a redirect.
    /// </summary>
    public static bool IsRefusal(int status) => status is 400 or 413 or 422;
}

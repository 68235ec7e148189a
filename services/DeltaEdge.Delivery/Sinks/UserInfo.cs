namespace DeltaEdge.Delivery.Sinks;

/// <summary>User and password of a URL; null where there is none.</summary>
internal readonly record struct UserInfo(string? User, string? Password)
{
    public static UserInfo Of(Uri url)
    {
        if (url.UserInfo.Length == 0)
        {
            return default;
        }

        var parts = url.UserInfo.Split(':', 2);
        return new UserInfo(
            parts[0].Length > 0 ? Uri.UnescapeDataString(parts[0]) : null,
            parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null);
    }
}

namespace DeltaEdge.Cli.Keys;

/// <summary>The key with which commands ask a gateway that wants one: from the environment, where it is in no process list.</summary>
internal static class ClientKey
{
    public const string Variable = "DELTAEDGE_API_KEY";

    private const string Header = "x-api-key";

    public static HttpClient WithKeyOfEnvironment(this HttpClient http) => http.WithKey(Environment.GetEnvironmentVariable(Variable));

    public static HttpClient WithKey(this HttpClient http, string? key)
    {
        if (!string.IsNullOrEmpty(key))
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation(Header, key);
        }

        return http;
    }
}

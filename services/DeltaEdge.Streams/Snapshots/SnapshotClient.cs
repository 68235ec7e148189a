using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;

namespace DeltaEdge.Streams.Snapshots;

/// <summary>
/// Fetches one image. Follows no redirect, connects to no link-local address whatever the name resolves to now, and takes no more than
/// so many bytes in so much time. User and password of the URL answer a Basic or Digest challenge.
/// </summary>
internal sealed class SnapshotClient : IDisposable
{
    private const int MaxHeaderKilobytes = 32;

    private readonly Uri _url;
    private readonly SourcePolicy _policy;
    private readonly HttpClient _http;
    private EntityTagHeaderValue? _tag;

    /// <param name="url">http or https, with its credentials.</param>
    /// <param name="policy">Where a connection may lead.</param>
    /// <param name="maxBytes">Largest image.</param>
    /// <param name="timeout">Longest time for one image.</param>
    public SnapshotClient(Uri url, SourcePolicy policy, int maxBytes, TimeSpan timeout)
    {
        _url = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        _policy = policy;
#pragma warning disable CA2000 // The client owns its handler.
        _http = new HttpClient(new SocketsHttpHandler
#pragma warning restore CA2000
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxConnectionsPerServer = 1,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            Credentials = CredentialsOf(url),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = maxBytes,
        };
    }

    /// <summary>Exactly one is not null, or all are null: the image is the one before.</summary>
    public async ValueTask<(byte[]? Image, SourceEnd? End)> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _url);
            if (_tag is not null)
            {
                request.Headers.IfNoneMatch.Add(_tag);
            }

            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.NotModified && _tag is not null)
            {
                return (null, null);
            }

            if (Refusal(response.StatusCode) is { } end)
            {
                return (null, end);
            }

            _tag = response.Headers.ETag;
            return (await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, SourceEnd.Lost($"The image did not come within {_http.Timeout.TotalSeconds:0.#} s."));
        }
        catch (HttpRequestException e)
        {
            return (null, e.InnerException is SourceNotAllowedException notAllowed ? SourceEnd.Failed(notAllowed.Message) : SourceEnd.Lost(Describe(e)));
        }
    }

    public void Dispose() => _http.Dispose();

    private static SourceEnd? Refusal(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => SourceEnd.Lost("The image's address redirects elsewhere, which is not followed. Allowed: the address itself."),
        401 or 403 => SourceEnd.CredentialsRefused(),
        _ => SourceEnd.Lost($"The source answered with status {(int)status}."),
    };

    // The exception's own message may repeat the host, never the credentials; its kind says enough.
    private static string Describe(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.ConfigurationLimitExceeded => "The image is larger than images may be.",
        HttpRequestError.NameResolutionError => "The host's name has no address.",
        HttpRequestError.SecureConnectionError => "The secure connection could not be made; is the certificate trusted here?",
        _ when exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "The source could not be read: Connection refused.",
        _ => "The source could not be read: the connection failed.",
    };

    private static NetworkCredential? CredentialsOf(Uri url) =>
        url.UserInfo.Length == 0 ? null
        : url.UserInfo.Split(':', 2) is [var user, var password] ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
        : new NetworkCredential(Uri.UnescapeDataString(url.UserInfo), "");

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        new NetworkStream(await _policy.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false), ownsSocket: true);
}

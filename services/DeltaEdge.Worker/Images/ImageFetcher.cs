using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using DeltaEdge.Core.Net;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Net;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Images;

/// <summary>
/// Fetches an image by its URL, treating URL and server as hostile: public addresses only, each redirect checked like the first
/// URL, bounds on bytes, time and number, nothing decompressed, and nothing said about who asks.
/// </summary>
internal sealed class ImageFetcher : IDisposable
{
    private const int MostRedirects = 3;

    private static readonly ImmutableArray<string> Types = ["image/jpeg", "image/png", "image/webp"];

    private readonly ImageUrlOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _places;
    private readonly HttpMessageInvoker _http;

    public ImageFetcher(IOptions<ImageUrlOptions> options, TimeProvider time, HostLookup lookup)
        : this(options.Value, time, new PublicConnector(lookup.FindAsync, AddressRules.IsPublic))
    {
    }

    /// <summary>With other rules for addresses, for tests.</summary>
    internal ImageFetcher(ImageUrlOptions options, TimeProvider time, PublicConnector connector)
    {
        (_options, _time) = (options, time);
        _places = new SemaphoreSlim(options.MaxAtOnce);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (context, cancellation) => connector.ConnectAsync(context.DnsEndPoint, cancellation),
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
        });
    }

    /// <param name="url">As the request has it.</param>
    /// <param name="param">Where it stands in the request, for the error.</param>
    /// <param name="cancellationToken">Ends the fetch; the caller has gone.</param>
    /// <returns>The file's bytes, at most <see cref="ImageUrlOptions.MaxBytes"/>.</returns>
    public async Task<Result<byte[]>> FetchAsync(string url, string param, CancellationToken cancellationToken)
    {
        if (!ImageUrl.TryParse(url, out var target))
        {
            return ImageUrlErrors.Invalid(param);
        }

        if (!_places.Wait(0, CancellationToken.None))
        {
            return ImageUrlErrors.Busy;
        }

        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.TimeoutMs), _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await FollowAsync(target, param, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ImageUrlErrors.TimedOut(param, _options.TimeoutMs);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return IsRefusal(e) ? ImageUrlErrors.NotPublic(param) : ImageUrlErrors.Unreachable(param);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _places.Dispose();
    }

    private async Task<Result<byte[]>> FollowAsync(Uri url, string param, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Headers.TryAddWithoutValidation("accept", string.Join(", ", Types));
            request.Headers.TryAddWithoutValidation("accept-encoding", "identity");
            using var response = await _http.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return await ReadAsync(response, param, cancellationToken);
            }

            if (response.Headers.Location is not { } location || !Uri.TryCreate(url, location, out var next) || !ImageUrl.IsAllowed(next))
            {
                return ImageUrlErrors.Invalid(param);
            }

            url = next;
        }

        return ImageUrlErrors.TooManyRedirects(param, MostRedirects);
    }

    private async Task<Result<byte[]>> ReadAsync(HttpResponseMessage response, string param, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return ImageUrlErrors.Status(param, (int)response.StatusCode);
        }

        var headers = response.Content.Headers;
        if (headers.ContentEncoding.Count > 0 || !Types.Contains(headers.ContentType?.MediaType ?? "", StringComparer.OrdinalIgnoreCase))
        {
            return ImageUrlErrors.WrongType(param, string.Join(", ", Types));
        }

        if (headers.ContentLength > _options.MaxBytes)
        {
            return ImageUrlErrors.TooLarge(param, _options.MaxBytes);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var file = new MemoryStream();
        var chunk = new byte[16 << 10];
        for (int read; (read = await body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (file.Length + read > _options.MaxBytes)
            {
                return ImageUrlErrors.TooLarge(param, _options.MaxBytes);
            }

            file.Write(chunk, 0, read);
        }

        return file.ToArray();
    }

    private static bool IsRefusal(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is AddressRefusedException)
            {
                return true;
            }
        }

        return false;
    }
}

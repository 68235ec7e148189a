using System.Net.Sockets;
using DeltaEdge.Core.Streams;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Rtsp;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>
/// Knocks before a reader is started: a camera that is away or answers badly is called again and again, and each call would cost a
/// process, which is a good part of a second of a core.
/// </summary>
internal sealed class CameraDoor(SourcePolicy policy, IOptions<StreamsOptions> options)
{
    private const int RtspPort = 554;
    private const int RtspsPort = 322;

    private readonly bool _greets = options.Value.RtspGreeting;

    // ffmpeg's own setting: behind a proxy a camera may be reached that is not reached directly.
    private readonly bool _hasProxy = Environment.GetEnvironmentVariable("http_proxy") is not null;

    /// <summary>Null if somebody opens who seems to have video, or if there is no door; else why not.</summary>
    public async ValueTask<SourceEnd?> KnockAsync(SourceAddress address, CancellationToken cancellationToken)
    {
        if (address.Kind is not (SourceKind.Rtsp or SourceKind.Http) || (address.Kind == SourceKind.Http && _hasProxy))
        {
            return null;
        }

        var url = new Uri(address.Input);
        var isTls = url.Scheme.Equals("rtsps", StringComparison.OrdinalIgnoreCase);
        var port = url.Port > 0 ? url.Port : isTls ? RtspsPort : RtspPort;
        try
        {
            using var socket = await policy.ConnectAsync(url.Host.Trim('[', ']'), port, cancellationToken).ConfigureAwait(false);
            if (address.Kind == SourceKind.Http || isTls || !_greets)
            {
                return null;
            }

            var stream = new NetworkStream(socket);
            await using (stream.ConfigureAwait(false))
            {
                return await RtspGreeting.ExchangeAsync(stream, address.Input, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SourceNotAllowedException e)
        {
            return SourceEnd.Failed(e.Message);
        }
        catch (SocketException e)
        {
            // A new one, because the caught one's text may hold the address.
            return SourceEnd.Lost($"The source could not be reached: {new SocketException((int)e.SocketErrorCode).Message}.");
        }
    }
}

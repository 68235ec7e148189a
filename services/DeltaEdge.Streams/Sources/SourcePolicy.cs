using System.Net;
using System.Net.Sockets;
using DeltaEdge.Core.Net;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Net;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Sources;

/// <summary>
/// Which sources a client may name. Files only below the allowed folders, after links are followed; devices only from the list; URLs
/// anywhere but the link-local addresses, where clouds keep their machine credentials. Cameras live in private networks, so those
/// stay open.
/// </summary>
public sealed class SourcePolicy(HostLookup lookup, IOptions<StreamsOptions> options)
{
    private readonly AllowedFolders _folders = new(options.Value.AllowedDirectories);
    private readonly string[] _devices = [.. options.Value.AllowedDevices];

    /// <summary>
    /// Null if the source may be opened as far as its name tells. The answer is the same whether a file outside the allowed folders
    /// exists or not.
    /// </summary>
    public ApiError? Check(string source) => SourceSyntax.KindOf(source) switch
    {
        SourceKind.File => CheckFile(source),
        SourceKind.Device => FindDevice(source) is null ? NoDevice() : null,
        SourceKind.Push or SourceKind.Synthetic => null,
        _ => IPAddress.TryParse(HostOf(source), out var address) && IsLinkLocal(address) ? LinkLocal() : null,
    };

    /// <summary>What to open, checked again at the time of opening: files and names may lead elsewhere by now.</summary>
    internal async ValueTask<Result<SourceAddress>> ResolveAsync(StreamSpec spec, CancellationToken cancellationToken)
    {
        var source = spec.Source;
        if (Check(source) is { } error)
        {
            return error;
        }

        var kind = SourceSyntax.KindOf(source);
        switch (kind)
        {
            case SourceKind.File:
                SourceSyntax.IsFile(source, out var path);
                var real = FindAllowed(path)!;
                return new SourceAddress(Directory.Exists(real) ? SourceKind.Folder : kind, real);
            case SourceKind.Device:
                return new SourceAddress(kind, FindDevice(source)!);
            case SourceKind.Push or SourceKind.Synthetic:
                return new SourceAddress(kind, source);
            default:
                return await LeadsToLinkLocalAsync(HostOf(source), cancellationToken).ConfigureAwait(false)
                    ? LinkLocal()
                    : new SourceAddress(kind, UrlOf(source), spec.Transport);
        }
    }

    /// <summary>The real path, if it is below an allowed folder.</summary>
    internal string? FindAllowed(string path) => _folders.Find(path);

    /// <summary>The addresses to connect to.</summary>
    /// <exception cref="SourceNotAllowedException">The host is link-local.</exception>
    /// <exception cref="SocketException">The name has no address.</exception>
    internal async ValueTask<IPAddress[]> FindAddressesAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await lookup.FindAsync(host, cancellationToken).ConfigureAwait(false);
        return Array.Exists(addresses, IsLinkLocal) ? throw new SourceNotAllowedException(LinkLocal().Message) : addresses;
    }

    /// <summary>A connection to a host that may be connected to.</summary>
    /// <exception cref="SourceNotAllowedException">The host is link-local.</exception>
    /// <exception cref="SocketException">The name has no address, or nobody answers there.</exception>
    internal async ValueTask<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await FindAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private ApiError? CheckFile(string source)
    {
        SourceSyntax.IsFile(source, out var path);
        return FindAllowed(path) is not null ? null
            : NotAllowed(_folders.IsEmpty
                ? $"This server opens no files. Allowed: URLs, or files once {StreamsOptions.SectionName}:AllowedDirectories names their folder."
                : $"The file is not in a folder that streams may read. Allowed: the folders of {StreamsOptions.SectionName}:AllowedDirectories.");
    }

    private async ValueTask<bool> LeadsToLinkLocalAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            await FindAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (SourceNotAllowedException)
        {
            return true;
        }
        catch (SocketException)
        {
            // The name may resolve later; opening it will say so.
            return false;
        }
    }

    // Links such as /dev/v4l/by-id/… are followed on both sides.
    private string? FindDevice(string source) =>
        RealPath.Resolve(source[SourceSyntax.DevicePrefix.Length..]) is { } real && Array.Exists(_devices, d => RealPath.Resolve(d) == real) ? real : null;

    private static string UrlOf(string source) =>
        source.StartsWith(SourceSyntax.SnapshotPrefix, StringComparison.OrdinalIgnoreCase) ? source[SourceSyntax.SnapshotPrefix.Length..] : source;

    private static string HostOf(string source) => new Uri(UrlOf(source)).Host.Trim('[', ']');

    private static bool IsLinkLocal(IPAddress address) => AddressRules.ScopeOf(address) == AddressScope.LinkLocal;

    private static ApiError NoDevice() =>
        NotAllowed($"The device is not one that streams may read. Allowed: the devices that {StreamsOptions.SectionName}:AllowedDevices lists.");

    private static ApiError LinkLocal() => NotAllowed("Link-local addresses cannot be sources. Allowed: cameras on other addresses.");

    private static ApiError NotAllowed(string message) => ApiError.Invalid("source", message, "source_not_allowed");
}

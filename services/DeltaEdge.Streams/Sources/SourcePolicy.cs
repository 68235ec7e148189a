using System.Net;
using System.Net.Sockets;
using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Wire;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Sources;

/// <summary>
/// Which sources a client may name. Files only below the allowed folders, after links are followed; URLs anywhere but the
/// link-local addresses, where clouds keep their machine credentials. Cameras live in private networks, so those stay open.
/// </summary>
public sealed class SourcePolicy(IOptions<StreamsOptions> options)
{
    private readonly string[] _folders = [.. options.Value.AllowedDirectories.Select(f => RealPath.Resolve(f)).OfType<string>()];

    /// <summary>
    /// Null if the source may be opened as far as its name tells. The answer is the same whether a file outside the allowed folders
    /// exists or not.
    /// </summary>
    public ApiError? Check(string source)
    {
        if (SourceSyntax.IsFile(source, out var path))
        {
            return FindAllowed(path) is not null ? null
                : ApiError.Invalid(
                    "source",
                    _folders.Length == 0
                        ? $"This server opens no files. Allowed: URLs, or files once {StreamsOptions.SectionName}:AllowedDirectories names their folder."
                        : $"The file is not in a folder that streams may read. Allowed: the folders of {StreamsOptions.SectionName}:AllowedDirectories.",
                    "source_not_allowed");
        }

        return IPAddress.TryParse(new Uri(source).Host.Trim('[', ']'), out var address) && IsLinkLocal(address) ? LinkLocal() : null;
    }

    /// <summary>What to open, checked again at the time of opening: files and names may lead elsewhere by now.</summary>
    internal async ValueTask<Result<SourceAddress>> ResolveAsync(string source, CancellationToken cancellationToken)
    {
        if (Check(source) is { } error)
        {
            return error;
        }

        if (SourceSyntax.IsFile(source, out var path))
        {
            return new SourceAddress(SourceKind.File, FindAllowed(path)!);
        }

        var uri = new Uri(source);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(uri.Host.Trim('[', ']'), cancellationToken).ConfigureAwait(false);
            if (addresses.Any(IsLinkLocal))
            {
                return LinkLocal();
            }
        }
        catch (SocketException)
        {
            // The name may resolve later; opening it will say so.
        }

        return new SourceAddress(uri.Scheme.StartsWith("rtsp", StringComparison.Ordinal) ? SourceKind.Rtsp : SourceKind.Http, source);
    }

    private string? FindAllowed(string path) =>
        RealPath.Resolve(path) is { } real && Array.Exists(_folders, f => real.StartsWith(f == "/" ? f : f + "/", StringComparison.Ordinal)) ? real : null;

    private static bool IsLinkLocal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.IsIPv6LinkLocal || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..]);
    }

    private static ApiError LinkLocal() =>
        ApiError.Invalid("source", "Link-local addresses cannot be sources. Allowed: cameras on other addresses.", "source_not_allowed");
}

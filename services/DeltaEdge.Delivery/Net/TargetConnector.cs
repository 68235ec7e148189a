using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using DeltaEdge.Core.Net;
using DeltaEdge.Telemetry.Net;
using DeltaEdge.Telemetry.Tls;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Delivery.Net;

/// <summary>
/// Opens connections to targets. The address that is connected to is the one that was checked: the name is resolved here, once, and
/// every time anew, so a name that leads elsewhere later is caught then.
/// </summary>
internal sealed class TargetConnector(IOptions<DeliveryOptions> options, HostLookup lookup)
{
    private readonly bool _allowPrivate = options.Value.AllowPrivateTargets;
    private readonly TrustedAuthorities _authorities = new(options.Value.TrustedAuthorities);

    /// <summary>TLS to a target: the certificate has to be the host's.</summary>
    public SslClientAuthenticationOptions Tls(string? host = null) => new() { TargetHost = host, RemoteCertificateValidationCallback = _authorities.Accepts };

    /// <exception cref="AddressRefusedException">No address of the host may be reached.</exception>
    /// <exception cref="SocketException">It is not known, or does not answer.</exception>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await lookup.FindAsync(host, cancellationToken);
        var allowed = addresses.Where(IsAllowed).ToArray();
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(addresses.Length == 0
                ? "The target's name has no address."
                : $"The target's address is {AddressRules.ScopeOf(addresses[0]).ToString().ToLowerInvariant()}. Allowed: public addresses{(_allowPrivate ? ", private and loopback" : $"; private and loopback with {DeliveryOptions.SectionName}:AllowPrivateTargets")}.");
        }

        return await TcpStreams.OpenAsync(allowed, port, cancellationToken);
    }

    /// <summary>As <see cref="ConnectAsync(string, int, CancellationToken)"/>, with TLS inside where asked for.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not to be trusted.</exception>
    public async Task<Stream> ConnectAsync(Uri target, bool tls, int defaultPort, CancellationToken cancellationToken)
    {
        var stream = await ConnectAsync(target.IdnHost, target.Port > 0 ? target.Port : defaultPort, cancellationToken);
        if (!tls)
        {
            return stream;
        }

        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(Tls(target.IdnHost), cancellationToken);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) => AddressRules.ScopeOf(address) switch
    {
        AddressScope.Public => true,
        AddressScope.Private or AddressScope.Loopback => _allowPrivate,
        _ => false,
    };
}

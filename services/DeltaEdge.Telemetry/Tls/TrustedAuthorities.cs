using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeltaEdge.Telemetry.Tls;

/// <summary>Who may vouch for a server that is connected to: the system's authorities, and those of a file. A certificate's name and dates count in any case.</summary>
public sealed class TrustedAuthorities
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection _own = [];

    /// <param name="file">PEM file of one or more authorities; empty for the system's alone.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="CryptographicException">It is not PEM, or holds no certificate.</exception>
    public TrustedAuthorities(string file)
    {
        if (file.Length == 0)
        {
            return;
        }

        _own.ImportFromPemFile(file);
        if (_own.Count == 0)
        {
            throw new CryptographicException("It holds no certificate.");
        }
    }

    /// <summary>Why a file cannot be used, naming its setting and what is allowed; null if it can.</summary>
    public static string? Check(string setting, string file)
    {
        try
        {
            _ = new TrustedAuthorities(file);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"{setting} is '{file}': {e.Message} Allowed: a PEM file of one or more certificates, or nothing.";
        }
    }

    /// <summary>Whether a server is whom it says it is; has the shape of <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _own.Count == 0)
        {
            return errors == SslPolicyErrors.None;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.CustomTrustStore.AddRange(_own);
        chain.ChainPolicy.ExtraStore.AddRange(sent!.ChainPolicy.ExtraStore);
        return chain.Build((X509Certificate2)certificate!);
    }
}

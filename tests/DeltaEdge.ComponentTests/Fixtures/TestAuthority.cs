using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>An authority of somebody's own, and a certificate that it gave a server on this machine; as PEM files, too.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset To = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("deltaedge-authority-").FullName;

    public TestAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=deltaedge-test-authority", rootKey, HashAlgorithmName.SHA256)
        {
            CertificateExtensions = { new X509BasicConstraintsExtension(true, false, 0, true), new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true) },
        };
        using var root = rootRequest.CreateSelfSigned(From, To);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=deltaedge-test-server", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build() } };
        using var issued = request.Create(root, From, To, [1, 2, 3, 4]);
        Certificate = issued.CopyWithPrivateKey(key);
        File.WriteAllText(AuthorityFile, root.ExportCertificatePem());
        File.WriteAllText(CertificateFile, issued.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The server's, for localhost and 127.0.0.1, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    public string AuthorityFile => Path.Combine(_folder, "authority.pem");

    public string CertificateFile => Path.Combine(_folder, "server.pem");

    public string KeyFile => Path.Combine(_folder, "server.key");

    public void Dispose()
    {
        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

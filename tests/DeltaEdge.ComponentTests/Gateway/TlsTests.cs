using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>TLS by configuration alone, with a certificate in PEM files as an issuer or an orchestrator lays them down.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deltaedge-tls-").FullName;
    private readonly X509Certificate2 _certificate;

    public TlsTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        var request = new CertificateRequest("CN=deltaedge-test", key, HashAlgorithmName.SHA256) { CertificateExtensions = { names.Build() } };
        _certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(Path.Combine(_folder, "tls.crt"), _certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "tls.key"), key.ExportPkcs8PrivateKeyPem());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task CertificateIsConfigured_AnswersOverTls(string version)
    {
        await using var gateway = await TestGateway.StartAsync(
            ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Https:Certificate:Path", Path.Combine(_folder, "tls.crt")),
            ("Kestrel:Endpoints:Https:Certificate:KeyPath", Path.Combine(_folder, "tls.key")));
        await gateway.AddWorkerAsync("w1");
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, given, _, _) => given is not null && given.GetCertHashString() == _certificate.GetCertHashString() },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Http.BaseAddress!, "/v1/models")) { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await http.SendAsync(request);

        Assert.Equal("https", request.RequestUri!.Scheme);
        Assert.Equal((HttpStatusCode.OK, Version.Parse(version)), (response.StatusCode, response.Version));
        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.Http.GetAsync("/healthz/live"));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

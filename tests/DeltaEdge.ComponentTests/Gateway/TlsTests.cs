using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DeltaEdge.ComponentTests.Fabric.Keys;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Core.Events;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Catalog;

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
        await using var gateway = await StartAsync();
        await gateway.AddWorkerAsync("w1");
        using var http = NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Http.BaseAddress!, "/v1/models")) { Version = Version.Parse(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await http.SendAsync(request);

        Assert.Equal("https", request.RequestUri!.Scheme);
        Assert.Equal((HttpStatusCode.OK, Version.Parse(version)), (response.StatusCode, response.Version));
        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.Http.GetAsync("/healthz/live"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Socket_ReadsUntilItsKeyIsRevoked(string version)
    {
        await using var gateway = await StartAsync(("DeltaEdge:Gateway:Keys", "required"));
        var (key, text) = await gateway.Keys.AddNewAsync();
        await gateway.ReportAsync("w1", "http://127.0.0.1:9");
        Assert.Equal(CatalogOutcome.Done, await gateway.Catalog.AddAsync(new("cam", "{}", false, key.Id, 1), CancellationToken.None));
        await gateway.OwnAsync("cam", "w1");
        using var http = NewClient();
        using var socket = new ClientWebSocket { Options = { HttpVersion = Version.Parse(version), HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        socket.Options.SetRequestHeader("x-api-key", text);
        using var patience = new CancellationTokenSource(Wait.Limit);
        await socket.ConnectAsync(new UriBuilder(gateway.Http.BaseAddress!) { Scheme = "wss", Path = "/v1/streams/cam/events" }.Uri, http, patience.Token);

        var written = LogEntry.Of(new StreamEvent { Type = "state", StreamId = "cam", At = default, DedupeKey = "first" });
        Assert.Equal(AppendOutcome.Appended, (await gateway.Log.AppendAsync(gateway.Directory.Find("cam")!, new AppendKey("test", 1), written, CancellationToken.None)).Outcome);
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, patience.Token);
        Assert.Contains("first", Encoding.UTF8.GetString(buffer, 0, received.Count), StringComparison.Ordinal);

        await gateway.Keys.RevokeAsync(key.Id, CancellationToken.None);

        await Assert.ThrowsAnyAsync<WebSocketException>(() => socket.ReceiveAsync(buffer, patience.Token));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<TestGateway> StartAsync(params (string Key, string Value)[] settings) => TestGateway.StartAsync(
    [
        ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
        ("Kestrel:Endpoints:Https:Certificate:Path", Path.Combine(_folder, "tls.crt")),
        ("Kestrel:Endpoints:Https:Certificate:KeyPath", Path.Combine(_folder, "tls.key")),
        .. settings,
    ]);

    private HttpClient NewClient() => new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, given, _, _) => given is not null && given.GetCertHashString() == _certificate.GetCertHashString() },
    });
}

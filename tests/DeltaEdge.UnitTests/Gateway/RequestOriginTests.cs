using DeltaEdge.Gateway.Edge;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.UnitTests.Gateway;

public sealed class RequestOriginTests
{
    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("127.3.4.5")]
    [InlineData("[::1]:8080")]
    [InlineData("localhost:8080")]
    [InlineData("LocalHost")]
    [InlineData("")]
    public void HostIsThisMachine_Passes(string host) => Assert.Null(RequestOrigin.Refuse(Request(host), loopbackOnly: true));

    [Theory]
    [InlineData("evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("192.168.0.7:8080")]
    [InlineData("0.0.0.0")]
    public void HostIsAnother_OnlyAGatewayThatOthersReachServesIt(string host)
    {
        var error = RequestOrigin.Refuse(Request(host), loopbackOnly: true);

        Assert.Equal((403, "host_not_allowed"), (error!.Status, error.Code));
        Assert.Contains("localhost", error.Message, StringComparison.Ordinal);
        Assert.Null(RequestOrigin.Refuse(Request(host), loopbackOnly: false));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", null, null, true)]
    [InlineData("HTTP://127.0.0.1:8080", "same-origin", null, true)]
    [InlineData("https://127.0.0.1:8080", null, null, true)]
    [InlineData("http://127.0.0.1:3000", "same-site", null, false)]
    [InlineData("http://127.0.0.1", null, null, false)]
    [InlineData("http://localhost:8080", null, null, false)]
    [InlineData("https://evil.example", null, null, false)]
    [InlineData("http://127.0.0.1:8080://evil.example", null, null, false)]
    [InlineData("chrome-extension://abcdef", null, null, false)]
    [InlineData("null", null, null, false)]
    [InlineData(null, "same-origin", "cors", true)]
    [InlineData(null, "none", "navigate", true)]
    [InlineData(null, "cross-site", "navigate", true)]
    [InlineData(null, "cross-site", "no-cors", false)]
    [InlineData(null, "cross-site", "websocket", false)]
    public void Browser_PassesFromThisPageOnly(string? origin, string? site, string? mode, bool passes)
    {
        var request = Request("127.0.0.1:8080");
        request.Headers.Origin = origin;
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers["Sec-Fetch-Mode"] = mode;

        Assert.Equal(passes ? null : "origin_not_allowed", RequestOrigin.Refuse(request, loopbackOnly: true)?.Code);
    }

    [Fact]
    public void FormOfAnotherSite_IsNoLink()
    {
        var request = Request("127.0.0.1:8080");
        request.Method = "POST";
        request.Headers["Sec-Fetch-Site"] = "cross-site";
        request.Headers["Sec-Fetch-Mode"] = "navigate";

        Assert.Equal("origin_not_allowed", RequestOrigin.Refuse(request, loopbackOnly: true)?.Code);
    }

    private static HttpRequest Request(string host)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host) = ("GET", new HostString(host));
        return request;
    }
}

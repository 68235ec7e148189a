using DeltaEdge.Gateway.Errors;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace DeltaEdge.UnitTests.Gateway;

public sealed class GatewayErrorsTests
{
    [Theory]
    [InlineData(ForwarderError.NoAvailableDestinations, 503, "no_worker_available")]
    [InlineData(ForwarderError.Request, 502, "worker_unreachable")]
    [InlineData(ForwarderError.RequestTimedOut, 504, "worker_timeout")]
    [InlineData(ForwarderError.RequestBodyClient, 400, "request_body_incomplete")]
    [InlineData(ForwarderError.RequestBodyDestination, 502, "worker_connection_lost")]
    [InlineData(ForwarderError.ResponseHeaders, 502, "worker_response_invalid")]
    [InlineData(ForwarderError.ResponseBodyDestination, 502, "worker_connection_lost")]
    [InlineData(ForwarderError.RequestCreation, 400, "bad_request")]
    [InlineData(ForwarderError.UpgradeRequestDestination, 502, "worker_error")]
    public void ForwardingFails_StatusAndCodeSayWhoFailed(ForwarderError failure, int status, string code)
    {
        var error = GatewayErrors.Of(failure, null, 3);

        Assert.Equal((status, code), (error!.Status, error.Code));
    }

    [Theory]
    [InlineData(ForwarderError.None)]
    [InlineData(ForwarderError.RequestCanceled)]
    [InlineData(ForwarderError.ResponseBodyClient)]
    public void ClientLeft_NobodyIsTold(ForwarderError failure) => Assert.Null(GatewayErrors.Of(failure, null, 3));

    [Theory]
    [InlineData(413, "request_too_large")]
    [InlineData(408, "request_timeout")]
    public void ServerRefusedTheBody_ItsStatusIsKept(int status, string code)
    {
        var refused = new HttpRequestException("copying failed", new BadHttpRequestException("no", status));

        var error = GatewayErrors.Of(ForwarderError.RequestBodyClient, new AggregateException(refused), 3);

        Assert.Equal((status, code), (error!.Status, error.Code));
    }

    [Fact]
    public void NoWorker_SaysWhenToComeBack() => Assert.Equal(3, GatewayErrors.NoWorker(3).RetryAfterSeconds);
}

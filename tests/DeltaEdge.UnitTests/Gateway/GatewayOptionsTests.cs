using DeltaEdge.Gateway;
using DeltaEdge.Gateway.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Gateway;

public sealed class GatewayOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.NotNull(Read().Value);

    [Theory]
    [InlineData("MaxBodyBytes", "0")]
    [InlineData("RoutingPolicy", "Fastest")]
    [InlineData("RoutingPolicy", "")]
    [InlineData("ActivityTimeoutSeconds", "0")]
    [InlineData("ConnectTimeoutMs", "1")]
    [InlineData("ListTimeoutMs", "0")]
    [InlineData("RetryAfterSeconds", "0")]
    [InlineData("ProbeIntervalMs", "1")]
    [InlineData("ProbeTimeoutMs", "5000")]
    [InlineData("ProbeFailures", "0")]
    [InlineData("FailureRateLimit", "1.5")]
    [InlineData("FailureWindowSeconds", "0")]
    [InlineData("FailureMinRequests", "0")]
    [InlineData("ReactivationSeconds", "0")]
    [InlineData("PageFolder", "")]
    [InlineData("FailedAttemptsPerMinute", "0")]
    [InlineData("MaxConnections", "-1")]
    [InlineData("MaxHeaderBytes", "10")]
    [InlineData("HeaderTimeoutSeconds", "0")]
    [InlineData("MinBodyBytesPerSecond", "0")]
    [InlineData("RetryMaxKeptBytes", "-1")]
    [InlineData("RetryBodyTimeoutSeconds", "0")]
    public void ValueIsOutOfRange_IsRefusedByName(string key, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read((key, value)).Value);

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralAreWrong_AllAreNamed()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(("MaxBodyBytes", "0"), ("RoutingPolicy", "Fastest")).Value);

        Assert.Contains("MaxBodyBytes", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("RoutingPolicy", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Container_BuildsWithEverythingChecked()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.AddGateway();
        builder.Services.Configure<ServiceProviderOptions>(o => (o.ValidateOnBuild, o.ValidateScopes) = (true, true));

        await using var app = builder.Build();

        Assert.NotNull(app.Services.GetRequiredService<Yarp.ReverseProxy.Configuration.IProxyConfigProvider>());
    }

    [Fact]
    public async Task OwnRequestsToWorkers_GoToThemAndNowhereElse()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddGateway();
        await using var app = builder.Build();
        var handler = app.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(StreamListEndpoint.ClientName);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        var sockets = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.False(sockets.UseProxy || sockets.AllowAutoRedirect || sockets.UseCookies);
    }

    private static IOptions<GatewayOptions> Read(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        foreach (var (key, value) in settings)
        {
            builder.Configuration[$"{GatewayOptions.SectionName}:{key}"] = value;
        }

        builder.AddGateway();
        return builder.Build().Services.GetRequiredService<IOptions<GatewayOptions>>();
    }
}

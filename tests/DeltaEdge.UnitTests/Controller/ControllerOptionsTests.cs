using DeltaEdge.Core.Planning;
using DeltaEdge.Fabric.InProcess;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Controller;

public sealed class ControllerOptionsTests
{
    [Fact]
    public void Defaults_AreValid() => Assert.Equal(250, Read().PeriodMs);

    [Theory]
    [InlineData("PeriodMs", "0")]
    [InlineData("PlanTtlMs", "300")]
    [InlineData("HighUtilisation", "2.5")]
    [InlineData("LowUtilisation", "1.2")]
    [InlineData("LatencyPressure", "0")]
    [InlineData("LeastSlack", "0.5")]
    [InlineData("ClimbSlack", "1")]
    [InlineData("ConfirmHoldMs", "-1")]
    [InlineData("UpHoldMs", "-1")]
    [InlineData("MaxUpHoldMs", "400")]
    [InlineData("DownHoldMs", "-1")]
    public void BadValue_IsRefusedAndNamed(string key, string value)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    private static ControllerOptions Read(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{ControllerOptions.SectionName}:{s.Key}", (string?)s.Value)));
        builder.Services.AddLogging().AddDeltaEdgeTelemetry().AddFabric(new InProcessFabric(new(TimeProvider.System))).AddController();
        using var services = builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return services.GetRequiredService<IOptions<ControllerOptions>>().Value;
    }
}

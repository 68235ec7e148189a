using DeltaEdge.Delivery;
using DeltaEdge.Delivery.Intake;
using DeltaEdge.Delivery.Pumping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Delivery;

public sealed class DeliveryOptionsTests
{
    [Fact]
    public void Defaults_AreValidAndDenyPrivateTargets() => Assert.False(Read().AllowPrivateTargets);

    [Theory]
    [InlineData("HeartbeatSeconds", "0")]
    [InlineData("MaxTargets", "0")]
    [InlineData("MaxBytesPerTarget", "1")]
    [InlineData("MaxAgeHours", "0")]
    [InlineData("TimeoutSeconds", "-1")]
    [InlineData("RetryMaxSeconds", "0.5")]
    [InlineData("EvidenceQuality", "101")]
    [InlineData("TrustedAuthorities", "/no/such.pem")]
    public void BadValue_IsRefusedAndNamed(string key, string value) =>
        Assert.Contains(key, Assert.Throws<OptionsValidationException>(() => Read((key, value))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Container_MakesThePumpsAndTheirIntake()
    {
        await using var services = Services().BuildServiceProvider();

        Assert.Empty(services.GetRequiredService<TargetPumps>().All);
        Assert.NotNull(services.GetRequiredService<DeliveryQueue>());
    }

    private static DeliveryOptions Read(params (string Key, string Value)[] settings)
    {
        using var services = Services(settings).BuildServiceProvider();
        return services.GetRequiredService<IOptions<DeliveryOptions>>().Value;
    }

    private static IServiceCollection Services(params (string Key, string Value)[] settings) => new ServiceCollection().AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{DeliveryOptions.SectionName}:{s.Key}", (string?)s.Value))).Build())
        .AddDelivery();
}

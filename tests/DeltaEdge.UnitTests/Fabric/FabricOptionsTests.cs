using DeltaEdge.Fabric;
using DeltaEdge.Fabric.InProcess;
using DeltaEdge.Fabric.Leadership;
using DeltaEdge.Fabric.Plans;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Fabric;

public sealed class FabricOptionsTests
{
    private static readonly ServiceProviderOptions Strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    [Fact]
    public void Defaults_AreValid() => Assert.Equal(FabricMode.InProcess, Read().Mode);

    [Theory]
    [InlineData("ReportTtlMs", "1")]
    [InlineData("PollMs", "0")]
    [InlineData("PollMs", "2000")]
    [InlineData("TimeoutMs", "-1")]
    [InlineData("TimeoutMs", "1900")]
    [InlineData("KeyPrefix", "a b")]
    [InlineData("KeyPrefix", "")]
    [InlineData("ConnectionString", "")]
    [InlineData("TrustedAuthorities", "/no/such.pem")]
    public void BadValue_IsRefusedAndNamed(string key, string value)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InProcess")]
    [InlineData("Redis")]
    public async Task Container_BuildsInBothModes(string mode)
    {
        await using var services = Services(("Mode", mode)).BuildServiceProvider(Strict);

        Assert.NotNull(services.GetRequiredService<IWorkerRegistry>());
        Assert.NotNull(services.GetRequiredService<IPlanBoard>());
        Assert.NotNull(services.GetRequiredService<IStreamDirectory>());
        Assert.NotNull(services.GetRequiredService<ILeaderLease>());
        Assert.NotNull(services.GetRequiredService<ISharedState>());
    }

    [Fact]
    public async Task SharedFabric_IsTheSameInEveryHost()
    {
        var shared = new InProcessFabric(new(TimeProvider.System));
        await using var one = Host().AddFabric(shared).BuildServiceProvider(Strict);
        await using var other = Host().AddFabric(shared).BuildServiceProvider(Strict);

        Assert.Same(one.GetRequiredService<IWorkerRegistry>(), other.GetRequiredService<IWorkerRegistry>());
    }

    private static FabricOptions Read(params (string Key, string Value)[] settings)
    {
        using var services = Services(settings).BuildServiceProvider();
        return services.GetRequiredService<IOptions<FabricOptions>>().Value;
    }

    private static IServiceCollection Services(params (string Key, string Value)[] settings) => Host(settings).AddFabric(Configuration(settings));

    private static IServiceCollection Host(params (string Key, string Value)[] settings) =>
        new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(Configuration(settings));

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{FabricOptions.SectionName}:{s.Key}", (string?)s.Value))).Build();
}

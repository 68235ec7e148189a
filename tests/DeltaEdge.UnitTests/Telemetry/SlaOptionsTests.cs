using DeltaEdge.Core.Sla;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class SlaOptionsTests
{
    [Fact]
    public void Defaults_AreValidAndTheBuiltInClasses()
    {
        var options = new SlaOptions();

        Assert.Empty(options.Problems());
        Assert.Equal(SlaCatalog.Default.Classes.OrderBy(c => c.Name), options.ToCatalog().Classes.OrderBy(c => c.Name));
    }

    [Fact]
    public void ConfiguredValue_ChangesOneClassAndKeepsTheRest()
    {
        using var host = new TelemetryContainer(
            ("DeltaEdge:Sla:Classes:priority:DeadlineMs", "200"),
            ("DeltaEdge:Sla:Classes:plate:DeadlineMs", "1000"),
            ("DeltaEdge:Sla:Classes:plate:MinTokens", "144"));

        var catalog = host.Services.GetRequiredService<SlaCatalog>();

        Assert.Equal(200, catalog.Find("priority")!.DeadlineMs);
        Assert.Equal(2, catalog.Find("priority")!.Weight);
        Assert.Equal(144, catalog.Find("plate")!.MinTokens);
        Assert.Equal(5000, catalog.Find("flex")!.DeadlineMs);
    }

    [Theory]
    [InlineData("default:DeadlineMs", "5")]
    [InlineData("default:MinTokens", "0")]
    [InlineData("default:MaxTokens", "0")]
    [InlineData("default:Weight", "0")]
    [InlineData("no spaces please:DeadlineMs", "100")]
    public void BadValue_IsRefusedAndNamed(string key, string value)
    {
        var error = Assert.Throws<OptionsValidationException>(() => new TelemetryContainer(($"DeltaEdge:Sla:Classes:{key}", value)));

        Assert.Contains("DeltaEdge:Sla:Classes:", error.Message, StringComparison.Ordinal);
    }
}

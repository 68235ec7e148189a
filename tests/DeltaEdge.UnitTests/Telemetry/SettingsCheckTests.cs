using System.ComponentModel.DataAnnotations;
using DeltaEdge.Telemetry.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class SettingsCheckTests
{
    private const string Section = "DeltaEdge:Gateway";

    [Theory]
    [InlineData("DeltaEdge:Gateway:Slotts", "8", "DeltaEdge:Gateway:Slotts is not a setting. Allowed in DeltaEdge:Gateway: Slots, Share, IsOn, Mode, Name, Most, Folders, Map, Inner, Other.")]
    [InlineData("DeltaEdge:Gateway:Computed", "8", "DeltaEdge:Gateway:Computed is not a setting.")]
    [InlineData("DeltaEdge:Gateway:Slots", "eight", "DeltaEdge:Gateway:Slots is 'eight'. Allowed: 1 to 256.")]
    [InlineData("DeltaEdge:Gateway:Slots", "", "DeltaEdge:Gateway:Slots is ''. Allowed: 1 to 256.")]
    [InlineData("DeltaEdge:Gateway:Share", "half", "DeltaEdge:Gateway:Share is 'half'. Allowed: a number.")]
    [InlineData("DeltaEdge:Gateway:IsOn", "yes", "DeltaEdge:Gateway:IsOn is 'yes'. Allowed: true, false.")]
    [InlineData("DeltaEdge:Gateway:Mode", "Fast", "DeltaEdge:Gateway:Mode is none of its values. Allowed: Slow, Steady.")]
    [InlineData("DeltaEdge:Gateway:Mode", "1", "DeltaEdge:Gateway:Mode is none of its values. Allowed: Slow, Steady.")]
    [InlineData("DeltaEdge:Gateway:Map", "5", "DeltaEdge:Gateway:Map has several values, each set by a name of its own. Allowed: DeltaEdge:Gateway:Map:NAME and so on.")]
    [InlineData("DeltaEdge:Gateway:Inner:x", "5", "DeltaEdge:Gateway:Inner:x has several values, each set by a name of its own. Allowed: DeltaEdge:Gateway:Inner:x:Share.")]
    [InlineData("DeltaEdge:Gateway:Most", "many", "DeltaEdge:Gateway:Most is 'many'. Allowed: a whole number.")]
    [InlineData("DeltaEdge:Gateway:Folders", "/data", "DeltaEdge:Gateway:Folders has several values, each set by a name of its own. Allowed: DeltaEdge:Gateway:Folders:0 and so on.")]
    [InlineData("DeltaEdge:Gateway:Inner", "x", "DeltaEdge:Gateway:Inner has several values, each set by a name of its own. Allowed: DeltaEdge:Gateway:Inner:NAME and so on.")]
    [InlineData("DeltaEdge:Gateway:Inner:x:Shair", "1", "DeltaEdge:Gateway:Inner:x:Shair is not a setting. Allowed in DeltaEdge:Gateway:Inner:x: Share.")]
    [InlineData("DeltaEdge:Gateway:Inner:x:Share", "a", "DeltaEdge:Gateway:Inner:x:Share is 'a'. Allowed: 0 to 1.")]
    [InlineData("DeltaEdge:Gateway:Name:0", "a", "DeltaEdge:Gateway:Name:0 is not a setting: DeltaEdge:Gateway:Name is one value.")]
    public void WhatIsNone_IsRefusedWithWhatIsAllowed(string key, string value, string said)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIs_IsTaken()
    {
        var read = Read(
            ("DeltaEdge:Gateway:slots", "7"), ("deltaedge:GATEWAY:Share", "0.5"), ("DeltaEdge:Gateway:IsOn", "TRUE"), ("DeltaEdge:Gateway:Mode", "steady"), ("DeltaEdge:Gateway:Name", ""),
            ("DeltaEdge:Gateway:Most", "3"), ("DeltaEdge:Gateway:Folders:0", "/a"), ("DeltaEdge:Gateway:Folders:1", "/b"), ("DeltaEdge:Gateway:Inner:mine:Share", "0.25"));

        Assert.Equal((7, 0.5, true, Pace.Steady, "", 3, 0.25), (read.Slots, read.Share, read.IsOn, read.Mode, read.Name, read.Most, read.Inner["mine"].Share));
        Assert.Equal(["/a", "/b"], read.Folders);
    }

    [Fact]
    public void EmptyValueOfWhatMayBeNull_IsNone() => Assert.Null(Read(("DeltaEdge:Gateway:Most", "")).Most);

    [Theory]
    [InlineData("DeltaEdge:Gateway:Other")] // Another class reads the same section.
    [InlineData("DeltaEdge:Worker:Whatever")] // Another role's business.
    [InlineData("DeltaEdge:Worker:ImageUrls:Allow")]
    [InlineData("Logging:LogLevel:Default")]
    public void WhatOthersRead_IsLeftToThem(string key) => Assert.Equal(1, Read((key, "1")).Slots);

    [Theory]
    [InlineData("DeltaEdge:Gatway:Slots", "DeltaEdge:Gatway is not a section of settings. Allowed: Controller, Delivery,")]
    [InlineData("DeltaEdge:Gateway", "DeltaEdge:Gateway has several values")]
    public void SectionThatIsNone_IsRefusedByEveryHost(string key, string said)
    {
        var error = Assert.Throws<OptionsValidationException>(() => new TelemetryContainer((key, "8")));

        Assert.StartsWith(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SectionInAnother_HasNoValue() => Assert.StartsWith(
        "DeltaEdge:Telemetry:Otlp is not a setting.",
        Assert.Throws<OptionsValidationException>(() => new TelemetryContainer(("DeltaEdge:Telemetry:Otlp", "http://collector"))).Message,
        StringComparison.Ordinal);

    private static Sample Read(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build());
        services.AddOptions<Sample>().BindConfiguration(Section);
        services.AddSettings<Sample>(Section).AddSettings<Sibling>(Section);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<Sample>>().Value;
    }

    private enum Pace
    {
        Slow = 0,
        Steady = 1,
    }

    private sealed class Sample
    {
        [Range(1, 256)]
        public int Slots { get; set; } = 1;

        public double Share { get; set; }

        public bool IsOn { get; set; }

        public Pace Mode { get; set; }

        public string? Name { get; set; }

        public int? Most { get; set; }

        public IList<string> Folders { get; } = [];

        public IDictionary<string, int> Map { get; } = new Dictionary<string, int>();

        public Dictionary<string, SampleInner> Inner { get; } = [];

        public int Computed => Slots;
    }

    private sealed class SampleInner
    {
        [Range(0, 1)]
        public double Share { get; set; }
    }

    private sealed class Sibling
    {
        public int Other { get; set; }
    }
}

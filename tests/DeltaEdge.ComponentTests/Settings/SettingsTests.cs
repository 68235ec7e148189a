using DeltaEdge.Cli.Settings;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Telemetry.Startup;

namespace DeltaEdge.ComponentTests.Settings;

/// <summary>What users are told about settings is what the code says.</summary>
public sealed class SettingsTests
{
    private static readonly IReadOnlyList<SettingsSection> Sections = SettingsCatalog.Read();

    [Fact]
    public void Page_IsWhatTheCodeSays() => Assert.Equal(
        File.ReadAllText(Repository.PathOf("docs", "configuration.md")),
        SettingsPage.Markdown(Sections));

    [Fact]
    public void EverySection_IsKnownToTheCheckOfNames() => Assert.Equal(
        SettingsSections.All.Select(s => $"{SettingsSections.Root}:{s}").Order(StringComparer.Ordinal),
        Sections.Select(s => s.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void EverySetting_IsExplained() => Assert.All(Sections, section =>
    {
        Assert.NotEqual("", section.Summary);
        Assert.NotEmpty(section.Settings);
        Assert.All(section.Settings, s => Assert.True(s.Summary.EndsWith('.'), $"{s.Key} is explained by '{s.Summary}'."));
    });

    [Theory]
    [InlineData("DeltaEdge:Engine:Slots", "8", "1 to 256", "DeltaEdge__Engine__Slots")]
    [InlineData("DeltaEdge:Fabric:Mode", "InProcess", "InProcess, Redis", "DeltaEdge__Fabric__Mode")]
    [InlineData("DeltaEdge:Streams:RtspGreeting", "true", "true, false", "DeltaEdge__Streams__RtspGreeting")]
    [InlineData("DeltaEdge:Streams:AllowedDirectories:N", "", "", "DeltaEdge__Streams__AllowedDirectories__N")]
    [InlineData("DeltaEdge:Sla:Classes:NAME:DeadlineMs", "", "", "DeltaEdge__Sla__Classes__NAME__DeadlineMs")]
    [InlineData("DeltaEdge:Engine:ExpectedAnswerTokens:NAME", "", "", "DeltaEdge__Engine__ExpectedAnswerTokens__NAME")]
    [InlineData("DeltaEdge:Telemetry:Otlp:SamplingRatio", "1", "0 to 1", "DeltaEdge__Telemetry__Otlp__SamplingRatio")]
    public void Setting_ShowsDefaultAndWhatIsAllowed(string key, string value, string allowed, string variable)
    {
        var setting = Assert.Single(Sections.SelectMany(s => s.Settings), s => s.Key == key);
        Assert.Equal((value, allowed, variable), (setting.Default, setting.Allowed, setting.Variable));
    }
}

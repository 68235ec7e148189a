using DeltaEdge.Telemetry.Startup;
using Microsoft.Extensions.Options;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class EffectiveOptionsTests
{
    [Fact]
    public void EveryOption_IsShownWithItsKey()
    {
        var lines = Read(new Sample { Limit = 7, Names = ["a", "b"] });

        Assert.Equal("7", lines["S:Limit"]);
        Assert.Equal("a", lines["S:Names:0"]);
        Assert.Equal("b", lines["S:Names:1"]);
        Assert.Equal("0.5", lines["S:Inner:x:Share"]);
    }

    [Fact]
    public void Secret_IsNeverShown()
    {
        var lines = Read(new Sample { Secret = "hunter2" });

        Assert.Equal("***", lines["S:Secret"]);
        Assert.DoesNotContain(lines.Values, v => v.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void SecretNotSet_IsShownAsEmpty() => Assert.Equal("", Read(new Sample())["S:Secret"]);

    private static Dictionary<string, string> Read(Sample sample) => new EffectiveOptions<Sample>("S", Options.Create(sample)).Read().ToDictionary();

    private sealed class Sample
    {
        public int Limit { get; init; }

        [Redacted]
        public string? Secret { get; init; }

        public List<string> Names { get; init; } = [];

        public Dictionary<string, SampleInner> Inner { get; } = new() { ["x"] = new SampleInner() };
    }

    private sealed class SampleInner
    {
        public double Share { get; init; } = 0.5;
    }
}

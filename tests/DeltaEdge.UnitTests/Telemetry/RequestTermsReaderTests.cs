using DeltaEdge.Core.Wire;
using DeltaEdge.Telemetry.Http;
using Microsoft.AspNetCore.Http;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class RequestTermsReaderTests
{
    [Fact]
    public void NothingIsSaid_NothingIsRead()
    {
        var terms = RequestTermsReader.Read(new HeaderDictionary());

        Assert.Null(terms.SlaClass);
        Assert.Null(terms.DeadlineMs);
        Assert.Null(terms.Tenant);
        Assert.Empty(terms.AllowedClasses);
        Assert.Equal(TimeSpan.Zero, terms.Elapsed);
    }

    [Fact]
    public void OwnDeadlineHeader_WinsOverTheOther()
    {
        var both = RequestTermsReader.Read(new HeaderDictionary { [EdgeHeaders.DeadlineMs] = "70", [EdgeHeaders.SloTtftMs] = "90" });
        var other = RequestTermsReader.Read(new HeaderDictionary { [EdgeHeaders.SloTtftMs] = "90" });

        Assert.Equal(("70", EdgeHeaders.DeadlineMs), (both.DeadlineMs, both.DeadlineHeader));
        Assert.Equal(("90", EdgeHeaders.SloTtftMs), (other.DeadlineMs, other.DeadlineHeader));
    }

    [Theory]
    [InlineData("priority,flex", new[] { "priority", "flex" })]
    [InlineData(" priority , ,flex,", new[] { "priority", "flex" })]
    [InlineData("", new string[0])]
    public void AllowedClasses_AreAList(string header, string[] classes) =>
        Assert.Equal(classes, RequestTermsReader.Read(new HeaderDictionary { [EdgeHeaders.AllowedClasses] = header }).AllowedClasses);

    [Theory]
    [InlineData("0a1b2c3d4e5f", "0a1b2c3d4e5f")]
    [InlineData("", null)]
    public void Tenant_IsTheKeysId(string header, string? tenant) =>
        Assert.Equal(tenant, RequestTermsReader.Read(new HeaderDictionary { [EdgeHeaders.Tenant] = header }).Tenant);

    [Theory]
    [InlineData("250", 250)]
    [InlineData("-1", 0)]
    [InlineData("1e9", 0)]
    [InlineData("2147483647", 3_600_000)]
    [InlineData("99999999999", 0)]
    [InlineData("", 0)]
    public void Elapsed_IsBounded(string header, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RequestTermsReader.Read(new HeaderDictionary { [EdgeHeaders.ElapsedMs] = header }).Elapsed);
}

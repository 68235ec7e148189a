using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.UnitTests.Core.Sla;

public sealed class ClassChoiceTests
{
    private static readonly SlaCatalog Catalog = SlaCatalog.Default;

    [Theory]
    [InlineData("flex", "priority", "default", "flex")]
    [InlineData(null, "priority", "flex", "priority")]
    [InlineData("auto", "priority", "flex", "priority")]
    [InlineData(null, null, "flex", "flex")]
    [InlineData(null, "auto", "flex", "flex")]
    [InlineData(null, null, null, "default")]
    public void BodyThenHeaderThenKeyThenDefault(string? body, string? header, string? key, string chosen) =>
        Assert.Equal(chosen, Choose(body, new() { SlaClass = header, KeyClass = key }).Value?.Name);

    [Theory]
    [InlineData("priority", null, "deltaedge.sla_class")]
    [InlineData(null, "priority", EdgeHeaders.SlaClass)]
    public void KeyMayNotNameIt_IsRefusedWithThoseItMay(string? body, string? header, string param)
    {
        var refused = Choose(body, new() { SlaClass = header, AllowedClasses = ["default", "flex"] }).Error;

        Assert.Equal((403, "sla_class_not_allowed", param), (refused?.Status, refused?.Code, refused?.Param));
        Assert.Contains("default, flex", refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gold", null, "deltaedge.sla_class")]
    [InlineData(null, "gold", EdgeHeaders.SlaClass)]
    [InlineData(null, "flex,priority", EdgeHeaders.SlaClass)]
    [InlineData(null, "", EdgeHeaders.SlaClass)]
    public void ClassIsUnknown_IsRefusedByWhoNamedIt(string? body, string? header, string param)
    {
        var refused = Choose(body, new() { SlaClass = header }).Error;

        Assert.Equal((400, param), (refused?.Status, refused?.Param));
        Assert.Contains("priority, default, flex", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyMayNotNameTheDefault_ItGetsTheFirstThatItMay() =>
        Assert.Equal("flex", Choose(null, new() { AllowedClasses = ["flex", "priority"] }).Value?.Name);

    [Fact]
    public void ClassOfTheKeyIsGone_IsRefusedNotServedInAnother() =>
        Assert.Equal(403, Choose(null, new() { KeyClass = "gone" }).Error?.Status);

    [Fact]
    public void AnyHeader_GivesAnAllowedClassOrARefusal()
    {
        var random = new Random(3);
        string?[] words = [null, "", "auto", "priority", "default", "flex", "FLEX", "gold", ",", " flex", "flex ", "\u0130", new string('x', 9000)];
        string? Word() => words[random.Next(words.Length)];
        for (var i = 0; i < 20_000; i++)
        {
            string[] allowed = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Word() ?? "none")];
            var result = Choose(Word(), new() { SlaClass = Word(), KeyClass = Word(), AllowedClasses = [.. allowed] });
            Assert.True(result.Value is not null ^ result.Error is not null);
            Assert.True(result.Error is null or { Status: 400 or 403 });
        }
    }

    private static Result<SlaClass> Choose(string? body, RequestTerms terms) => ClassChoice.Choose(Catalog, body, "deltaedge.sla_class", terms);
}

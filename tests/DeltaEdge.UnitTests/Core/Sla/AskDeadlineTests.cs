using System.Text;
using DeltaEdge.Core.Sla;

namespace DeltaEdge.UnitTests.Core.Sla;

public sealed class AskDeadlineTests
{
    [Theory]
    [InlineData("{\"deltaedge\":{\"deadline_ms\":60000,\"sla_class\":\"flex\"}}", "200", "priority", 60_000)]
    [InlineData("{\"deltaedge\":{\"sla_class\":\"flex\"}}", "200", "priority", 200)]
    [InlineData("{\"deltaedge\":{\"sla_class\":\"flex\"},\"service_tier\":\"priority\"}", null, "priority", 5000)]
    [InlineData("{\"service_tier\":\"flex\"}", null, "priority", 5000)]
    [InlineData("{\"service_tier\":\"auto\"}", null, "priority", 300)]
    [InlineData("\uFEFF{\"service_tier\":\"flex\"}", null, null, 5000)]
    [InlineData("{}", null, null, 500)]
    public void BodyThenHeaderThenClass(string body, string? header, string? headerClass, int ms) => Assert.Equal(ms, Of(body, header, headerClass));

    [Theory]
    [InlineData("{\"deltaedge\":{\"deadline_ms\":0}}", null, 500)]
    [InlineData("{\"deltaedge\":{\"deadline_ms\":600001}}", "200", 200)]
    [InlineData("{\"deltaedge\":{\"deadline_ms\":\"soon\"}}", null, 500)]
    [InlineData("{\"deltaedge\":7}", "soon", 500)]
    [InlineData("{}", "-1", 500)]
    [InlineData("[]", null, 500)]
    [InlineData("no JSON", "200", 200)]
    [InlineData("", null, 500)]
    [InlineData("{\"service_tier\":\"\\ud800\"}", null, 500)]
    public void WhatAWorkerWillRefuse_SetsNone(string body, string? header, int ms) => Assert.Equal(ms, Of(body, header));

    [Fact]
    public void ClassIsUnknown_TheMostPatientOneBounds() => Assert.Equal(5000, Of("{\"service_tier\":\"gold\"}"));

    private static double Of(string body, string? header = null, string? headerClass = null) =>
        AskDeadline.Of(Encoding.UTF8.GetBytes(body), new() { DeadlineMs = header, SlaClass = headerClass }, SlaCatalog.Default).TotalMilliseconds;
}

using System.Text.RegularExpressions;
using DeltaEdge.UnitTests.Architecture;

namespace DeltaEdge.UnitTests.Telemetry;

/// <summary>Every code that an error may carry stands in docs/api.md, so that a client's author can look it up.</summary>
public sealed partial class ErrorCodesTests
{
    /// <summary>The shape's default, which every caller replaces, and the types of errors beside which codes stand.</summary>
    private static readonly string[] NoCodes = ["not_found", "invalid_request_error", "server_error", "rate_limit_error"];

    public static TheoryData<string> Codes => [.. SourceFiles.Of("*.cs").Where(f => !f.StartsWith("tests/", StringComparison.Ordinal))
        .SelectMany(f => Code().Matches(Repository.Read(f)))
        .Select(m => m.Groups[1].Value)
        .Except(NoCodes)
        .Distinct()
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_IsInTheDocument(string code) => Assert.Contains($"`{code}`", Repository.Read("docs/api.md"), StringComparison.Ordinal);

    [Theory]
    [InlineData("package_not_allowed")]
    [InlineData("sla_class_not_allowed")]
    [InlineData("api_keys_not_read")]
    [InlineData("worker_timeout")]
    [InlineData("host_not_allowed")]
    [InlineData("resource_in_use")]
    public void EveryWayToWriteOne_IsFound(string code) => Assert.Contains(code, Codes.Select(row => row.Data));

    // After a factory's first arguments, after the type in a constructor, in a `with`, as a default.
    [GeneratedRegex("""(?s)(?:ApiError\.(?:Invalid|NotFound)\([^;]*?,\s*|"[a-z_]+_error", (?:null|[\w.]+), |\bCode = |\bcode = |\bRefused\([^;]*?, |\bWorker\(\d+, )"([a-z]+(?:_[a-z0-9]+)+)"(?=[,) }])""")]
    private static partial Regex Code();
}

using System.Diagnostics;
using System.Net;
using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.ComponentTests.Gateway;

namespace DeltaEdge.ComponentTests.Keys;

/// <summary><c>deltaedge keys</c> as an operator runs it, beside a gateway that reads the same store.</summary>
public sealed class KeysCommandTests(RedisServerFixture redis) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deltaedge-keys-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeyIsMadeAndRevoked_GatewayFollows(bool overRedis)
    {
        var prefix = $"keys-{Guid.NewGuid():N}";
        var file = Path.Combine(_folder, "keys.json");
        string[] store = overRedis ? ["--redis", redis.ConnectionString, "--prefix", prefix] : ["--file", file];
        (string, string)[] settings = overRedis
            ? [("DeltaEdge:Fabric:Mode", "Redis"), ("DeltaEdge:Fabric:ConnectionString", redis.ConnectionString), ("DeltaEdge:Fabric:KeyPrefix", prefix)]
            : [("DeltaEdge:Fabric:KeyFile", file)];
        await using var gateway = await TestGateway.StartAsync([("DeltaEdge:Gateway:Keys", "required"), .. settings]);

        var (made, key, said) = await RunAsync(["create", "ward 3", "--metrics", "--class", "priority", .. store]);
        Assert.True(made == 0, said);
        await StatusBecomesAsync(gateway, key.Trim(), HttpStatusCode.OK);

        var (_, list, _) = await RunAsync(["list", .. store]);
        Assert.Contains("ward 3", list, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Trim()[^43..], list, StringComparison.Ordinal);

        var id = key.Trim().Split('_')[1];
        Assert.Equal(0, (await RunAsync(["revoke", id, .. store])).ExitCode);
        await StatusBecomesAsync(gateway, key.Trim(), HttpStatusCode.Unauthorized);
        Assert.Contains("revoked", (await RunAsync(["list", .. store])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--redis", "create", "x")]
    [InlineData("--rate", "create", "x", "--file", "f", "--rate", "0")]
    [InlineData("--days", "create", "x", "--file", "f", "--days", "0")]
    [InlineData("--allow", "create", "x", "--file", "f", "--class", "flex", "--allow", "priority")]
    [InlineData("SLA class", "create", "x", "--file", "f", "--class", "a b")]
    [InlineData("no key 'nobody'", "revoke", "nobody", "--file", "f")]
    public async Task WhatIsWrong_IsSaid(string said, params string[] arguments)
    {
        var (exitCode, _, errors) = await RunAsync(arguments);

        Assert.Equal(1, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task StatusBecomesAsync(TestGateway gateway, string key, HttpStatusCode wanted) => Wait.UntilAsync(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/status");
        request.Headers.Add("x-api-key", key);
        using var response = await gateway.Http.SendAsync(request);
        return response.StatusCode == wanted;
    }, () => $"{wanted} from the gateway");

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "deltaedge.dll"), "keys", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}

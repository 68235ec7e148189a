using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

public sealed class LoadTests(EmbeddedSystemFixture system)
{
    /// <summary>A ceiling with room below it: the cameras' question kinds have floors of up to 16 tokens.</summary>
    private const int RichEnough = 36;

    /// <summary>What six times the capacity at 576 tokens leaves no room above. From there the cameras alone let it climb, though on a slow machine not to 576.</summary>
    private const int Degraded = 36;

    /// <summary>What the demo load takes at most, asks per second.</summary>
    private const double MostLoad = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Load_LowersTheBudgetAndItClimbsBack()
    {
        var before = await WaitForCeilingAsync(c => c >= RichEnough);

        int during;
        try
        {
            await SetLoadAsync(Math.Min(MostLoad, await CapacityAsync() * 6));
            during = await WaitForCeilingAsync(c => c < before && c <= Degraded);
        }
        finally
        {
            await SetLoadAsync(0); // Whatever came of it: other tests share the system.
        }

        var after = await WaitForCeilingAsync(c => c > during);

        Assert.True(during < before);
        Assert.True(after > during);
    }

    [Fact]
    public async Task LoadCommand_PrintsALineEachSecond()
    {
        var (exitCode, output, errors) = await DeltaEdgeProcess.RunAsync("load", "--url", system.Address.ToString(), "--rate", "3", "--seconds", "3");

        Assert.True(exitCode == 0, errors);
        Assert.Contains("mean budget", output, StringComparison.Ordinal);
        Assert.Equal(3, output.Split('\n').Count(l => l.TrimStart().Length > 0 && char.IsAsciiDigit(l.TrimStart()[0]) && l.Contains('%', StringComparison.Ordinal)) - 1);
    }

    private async Task SetLoadAsync(double perSecond)
    {
        using var content = new StringContent(new JsonObject { ["asks_per_second"] = perSecond }.ToJsonString(), null, "application/json");
        using var response = await system.Http.PutAsync("/demo/load", content);
        response.EnsureSuccessStatusCode();
    }

    private async Task<double> CapacityAsync()
    {
        using var status = JsonDocument.Parse(await system.Http.GetStringAsync("/v1/status"));
        var profile = status.RootElement.GetProperty("workers")[0].GetProperty("profile");
        return 1 / (profile.GetProperty("frame_seconds").GetDouble() + profile.GetProperty("prefix_seconds")[0].GetDouble());
    }

    /// <summary>Waits for the ceiling that the plan sets for the demo's tight class. Plans give no signal over HTTP, so it asks again and again.</summary>
    private async Task<int> WaitForCeilingAsync(Func<int, bool> wanted)
    {
        var ceiling = 0;
        await Wait.UntilAsync(async () => wanted(ceiling = await CeilingAsync()), () => $"another ceiling; it is {ceiling}", Patience);
        return ceiling;
    }

    private async Task<int> CeilingAsync()
    {
        using var status = JsonDocument.Parse(await system.Http.GetStringAsync("/v1/status"));
        var plan = status.RootElement.GetProperty("plan");
        return plan.ValueKind == JsonValueKind.Null ? 0 : plan.GetProperty("classes").GetProperty("priority").GetProperty("ceiling").GetInt32();
    }
}

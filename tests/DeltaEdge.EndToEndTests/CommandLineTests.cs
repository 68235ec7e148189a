using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Ask_AnswersFromTheCommandLine()
    {
        var (exitCode, output, errors) = await DeltaEdgeProcess.RunAsync("ask", Repository.Sample("carpark.jpg"), "Is there a red car?");

        Assert.True(exitCode == 0, errors);
        Assert.Contains(output.Trim().Split('\n')[0].Trim(), (string[])["yes", "no"]);
    }

    [Theory]
    [InlineData("144")]
    [InlineData("1")]
    public async Task AskJson_SaysWhatItWasGiven(string budget)
    {
        var (exitCode, output, errors) = await DeltaEdgeProcess.RunAsync("ask", Repository.Sample("carpark.jpg"), "How many cars are there?", "--budget", budget, "--json");

        Assert.True(exitCode == 0, errors);
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(budget, json.GetProperty("deltaedge").GetProperty("budget").GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotEqual("", json.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Up_KeepsTheSettingsOfItsEnvironmentBesideItsOwn()
    {
        var folder = Directory.CreateTempSubdirectory("deltaedge-own-").FullName;
        var demo = Repository.Clip("carpark.mp4");
        var own = Path.Combine(folder, "own.mp4");
        File.Copy(demo, own);
        using var process = DeltaEdgeProcess.Start([("DeltaEdge__Streams__AllowedDirectories__0", folder)], ["up", "--port", "0"]);
        try
        {
            using var http = new HttpClient { BaseAddress = await DeltaEdgeProcess.ReadAddressAsync(process, [], TimeSpan.FromMinutes(2)) };
            foreach (var source in (string[])[own, demo])
            {
                using var response = await http.PostAsJsonAsync("/v1/streams?dry_run=true", new { source, fps = 0.1, questions = new[] { "How many cars are there?" } });
                Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            }
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Settings_ShowsThoseThatAreAskedFor()
    {
        var (exitCode, output, errors) = await DeltaEdgeProcess.RunAsync("settings", "reconnect", "longest");

        Assert.True(exitCode == 0, errors);
        Assert.Contains("DeltaEdge:Streams:ReconnectMaxSeconds", output, StringComparison.Ordinal);
        Assert.Contains("Default: 60. Allowed: 0.01 to 3600. Environment: DeltaEdge__Streams__ReconnectMaxSeconds", output, StringComparison.Ordinal);
        Assert.DoesNotContain("DeltaEdge:Engine:QueueLimit", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongValueOfASetting_EndsTheStartWithWhatIsAllowed()
    {
        var (exitCode, _, errors) = await DeltaEdgeProcess.RunAsync([("DeltaEdge__Engine__Slots", "0")], ["up", "--port", "0"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("Slots must be between 1 and 256", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingThatIsNotThere_IsNamed()
    {
        var (exitCode, _, errors) = await DeltaEdgeProcess.RunAsync("settings", "no-such-thing");

        Assert.Equal(1, exitCode);
        Assert.Contains("'no-such-thing'", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such.jpg", "--budget", "144", "no-such.jpg")]
    [InlineData("carpark.jpg", "--budget", "100", "576, 144, 64, 36, 16, 4, 1")]
    public async Task BadArguments_AreNamed(string image, string option, string value, string said)
    {
        var (exitCode, _, errors) = await DeltaEdgeProcess.RunAsync("ask", Repository.Sample(image), "Is there a red car?", option, value);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortIsTaken_SaysSoInOneLine()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var (exitCode, _, errors) = await DeltaEdgeProcess.RunAsync("up", "--port", port, "--no-demo");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("--port", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task Help_Teaches()
    {
        var (exitCode, output, _) = await DeltaEdgeProcess.RunAsync("--help");

        Assert.Equal(0, exitCode);
        foreach (var command in (string[])["up", "ask", "load", "bench-smoke", "model"])
        {
            Assert.Contains(command, output, StringComparison.Ordinal);
        }
    }
}

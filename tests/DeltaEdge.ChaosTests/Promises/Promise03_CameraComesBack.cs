using System.Globalization;
using DeltaEdge.ChaosTests.Fixtures;

namespace DeltaEdge.ChaosTests.Promises;

/// <summary>A camera that comes back is answered about within the reconnect delay and two of its frames' periods, and everyone can see its states.</summary>
public sealed class Promise03_CameraComesBack(Findings findings)
{
    private const double MostDelaySeconds = 2;
    private const double Fps = 5;
    private const int Times = 3;

    /// <summary>RTSP's handshake, and waiting for a key frame, which comes once a second: the camera's part, not ours.</summary>
    private const double CameraSeconds = 2.5;

    [Fact(Explicit = true)]
    public async Task RtspCameraGoesAndComes_AnswersComeBackInTimeAndStatesAreSeen()
    {
        using var camera = new RtspCamera();
        await camera.SwitchOnAsync();
        await using var cluster = await ChaosCluster.StartAsync(o => o with
        {
            Settings = new Dictionary<string, string>
            {
                ["DeltaEdge:Streams:ReconnectMinSeconds"] = "0.5",
                ["DeltaEdge:Streams:ReconnectMaxSeconds"] = MostDelaySeconds.ToString(CultureInfo.InvariantCulture),
            },
        });
        await cluster.AddStreamAsync(Cameras.Spec("rtsp", camera.Url, "How many cars are there?", Fps));
        await using var reader = AnswerReader.Start(cluster.Gateways, "rtsp");
        await using var events = AnswerReader.Start(cluster.Gateways, "rtsp", "events");
        await reader.NextAsync(TimeSpan.Zero, e => e.IsAnswer);

        var worst = TimeSpan.Zero;
        for (var i = 0; i < Times; i++)
        {
            var went = events.Elapsed;
            camera.SwitchOff();
            await StateAsync(cluster, "reconnecting");
            await MetricAsync(cluster, "reconnecting");
            await camera.SwitchOnAsync();
            var back = reader.Elapsed;
            var first = await reader.NextAsync(back, e => e.IsAnswer && e.Data.GetProperty("outcome").GetString() is "on_time" or "late");
            worst = first.At - back > worst ? first.At - back : worst;
            await StateAsync(cluster, "running");
            await MetricAsync(cluster, "running");
            var told = await events.NextAsync(went, e => e.Event == "state" && ToState(e) == "running");
            Assert.Contains(events.Entries, e => e.At > went && e.Id < told.Id && e.Event == "state" && ToState(e) == "reconnecting");
        }

        var bound = MostDelaySeconds + CameraSeconds + (2 / Fps);
        findings.Add(3, "camera back to first answer, slowest of three", $"{worst.TotalSeconds:F2} s", $"{bound:F1} s: reconnect delay up to {MostDelaySeconds:F0} s, the camera's handshake and key frame, two frame periods");
        Assert.InRange(worst.TotalSeconds, 0, bound);
    }

    private static string? ToState(ReadEntry entry) => entry.Data.GetProperty("state").GetProperty("to").GetString();

    private static Task StateAsync(ChaosCluster cluster, string state)
    {
        var seen = "";
        return Wait.UntilAsync(
            async () => (seen = (await cluster.GetAsync("/v1/streams/rtsp")).ToString()).Contains($"\"state\":\"{state}\"", StringComparison.Ordinal),
            () => $"the API to say {state}; it says {seen}");
    }

    private static Task MetricAsync(ChaosCluster cluster, string state) => Wait.UntilAsync(
        async () =>
        {
            foreach (var worker in cluster.Local.Workers)
            {
                if (await cluster.MetricAsync(worker, "deltaedge_stream_state", "stream=\"rtsp\"", $"state=\"{state}\"") == 1)
                {
                    return true;
                }
            }

            return false;
        },
        () => $"a worker's metrics to say {state}");
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using DeltaEdge.ChaosTests.Fixtures;
using DeltaEdge.Core.Wire;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Imaging.Images;

namespace DeltaEdge.ChaosTests.Fuzz;

/// <summary>Hostile input gets an answer or a clear error in bounded time and memory; nothing crashes, hangs, leaks or fails inside. <c>make fuzz COUNT=100000</c>.</summary>
public sealed class Promise12_HostileInput(Findings findings)
{
    private const int Seed = 20_251_218;
    private const double MostGrowthMiB = 300;
    private const int MostMoreHandles = 100;
    private const int AtOnce = 8;
    private static readonly string[] Sockets = ["/v1/streams/kept/answers", "/v1/streams/pushed/frames", "/v1/streams/kept/frames"];
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Fact]
    public void Images_AreDecodedOrRefused()
    {
        // Small, so that a mutated header that passes the limits cannot make a round slow.
        var limits = new ImageLimits { MaxWidth = 512, MaxHeight = 512, MaxPixels = 512 * 256, MaxBytes = 1 << 20 };
        var folder = Repository.PathOf("tests", "fixtures", "imaging");
        var seeds = Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is ".png" or ".jpg" or ".webp").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        var mutator = new Mutator(Seed);
        var (images, slowest) = (0, TimeSpan.Zero);
        var before = Environment.WorkingSet;
        for (var i = 0; i < Knobs.FuzzCount; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var result = ImageDecoder.Decode(mutator.Mutate(mutator.Pick(seeds), seeds), limits, i % 2 == 0 ? 24 : 0);
            var took = TimeProvider.System.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            images += Check(result);
        }

        var growth = (Environment.WorkingSet - before) / (double)(1 << 20);
        findings.Add(12, "hostile images through the decoders", $"{Knobs.FuzzCount} inputs: {images} images, the rest refused; slowest {slowest.TotalMilliseconds:F0} ms; memory {growth:+0;-0;0} MiB", "no crash; 300 MiB");
        Assert.InRange(growth, double.NegativeInfinity, MostGrowthMiB);
        Assert.InRange(slowest, TimeSpan.Zero, Hang);
    }

    [Fact]
    public async Task Requests_AreAnsweredOrRefused()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        await cluster.AddStreamAsync(Cameras.Clip("kept", 0, fps: 0.5));
        var hostile = new HostileRequests(Seed);
        await SendAsync(cluster, hostile, Math.Min(200, Knobs.FuzzCount), []);
        var before = cluster.Local.Roles.Select(r => ProcessSample.Of(r.Id)!).ToArray();
        var ids = cluster.Local.Roles.Select(r => r.Id).ToArray();
        var seen = new ConcurrentDictionary<(string Kind, int Status), int>();
        await SendAsync(cluster, hostile, Knobs.FuzzCount, seen);

        Assert.Equal(ids, cluster.Local.Roles.Where(r => !r.HasExited).Select(r => r.Id));
        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 5, new ChatTerms("flex", 1, 16));
        await Wait.ForAsync(TimeSpan.FromSeconds(2));
        Outcomes.AssertNoneFailed(await load.FinishAsync(), 200);
        var after = cluster.Local.Roles.Select(r => ProcessSample.Of(r.Id)!).ToArray();
        var growth = after.Zip(before, (a, b) => a.ResidentMiB - b.ResidentMiB).Max();
        var handles = after.Zip(before, (a, b) => a.Handles - b.Handles).Max();
        var byStatus = string.Join(", ", seen.GroupBy(s => s.Key.Status).OrderBy(g => g.Key).Select(g => $"{g.Key} × {g.Sum(s => s.Value)}"));
        findings.Add(12, "hostile requests through the gateway, by status", $"{seen.Values.Sum()} inputs: {byStatus}", "no 500, none beyond 30 s");
        findings.Add(12, "most growth of a process under hostile requests", $"{growth:F0} MiB, {handles} handles", $"{MostGrowthMiB:F0} MiB, {MostMoreHandles} handles");
        Assert.InRange(growth, double.NegativeInfinity, MostGrowthMiB);
        Assert.InRange(handles, int.MinValue, MostMoreHandles);
    }

    [Fact]
    public async Task Sockets_AreServedOrClosed()
    {
        await using var cluster = await ChaosCluster.StartAsync();
        await cluster.AddStreamAsync(Cameras.Clip("kept", 0, fps: 0.5));
        await cluster.AddStreamAsync(Cameras.Spec("pushed", "push:", "How many cars are there?", fps: 2));
        var before = cluster.Local.Roles.Select(r => ProcessSample.Of(r.Id)!).ToArray();
        var hostile = new HostileSocket(Seed);
        var image = File.ReadAllBytes(Repository.Sample("carpark.jpg"));
        var statuses = new Dictionary<int, int>();
        var opened = new HashSet<string>();
        var count = Math.Max(40, Knobs.FuzzCount / 100);
        using var load = ChatLoad.Start(cluster.Gateways, perSecond: 2, new ChatTerms("flex", 1, 16)); // Others, who must not notice.
        for (var i = 0; i < count; i++)
        {
            var path = Sockets[i % Sockets.Length];
            var status = await hostile.TryAsync(cluster.Gateways[i % cluster.Gateways.Count], path, image);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status == 101)
            {
                opened.Add(path);
            }
        }

        Assert.DoesNotContain(500, statuses.Keys);
        Outcomes.AssertNoneFailed(await load.FinishAsync(), 200);
        Assert.Equal(Sockets.Order(), opened.Order());
        Assert.All(cluster.Local.Roles, r => Assert.False(r.HasExited, r.Tail));
        await PushIsAnsweredAsync(cluster, image);

        // Who left without a word is noticed, and what was held for it is let go.
        var handles = 0;
        await Wait.UntilAsync(
            () => (handles = cluster.Local.Roles.Select((r, i) => ProcessSample.Of(r.Id)!.Handles - before[i].Handles).Max()) < MostMoreHandles,
            () => $"handles to fall; there are {handles} more");
        findings.Add(12, "hostile WebSocket sessions, by status of the handshake", $"{count} sessions: {string.Join(", ", statuses.OrderBy(x => x.Key).Select(x => $"{x.Key} × {x.Value}"))}; {handles} handles more", $"no 500; {MostMoreHandles} handles");
    }

    [Fact(Explicit = true)]
    public async Task MalformedCameras_AreGivenUpOrTriedAgain()
    {
        var cameras = Math.Clamp(Knobs.FuzzCount / 5000, 4, 20);
        await using var cluster = await ChaosCluster.StartAsync(o => o with
        {
            Settings = new Dictionary<string, string> { ["DeltaEdge:Streams:ReconnectMinSeconds"] = "0.05", ["DeltaEdge:Streams:ReconnectMaxSeconds"] = "0.2", ["DeltaEdge:Streams:ConnectTimeoutSeconds"] = "3" },
        });
        var poison = Enumerable.Range(0, cameras).Select(PoisonCamera.Malformed).ToArray();
        try
        {
            for (var i = 0; i < cameras; i++)
            {
                await cluster.AddStreamAsync(Cameras.Spec($"p{i}", poison[i].Url, "How many cars are there?", fps: 1));
            }

            await Wait.UntilAsync(
                async () => (await StatesAsync(cluster, cameras)).Zip(poison).All(p => p.First == "failed" || p.Second.Connections >= 3),
                () => $"every camera to be given up or called three times; they were called {string.Join(", ", poison.Select(p => p.Connections))} times",
                TimeSpan.FromSeconds(Math.Max(60, 12 * cameras))); // A few are tried at a time.
            var states = await StatesAsync(cluster, cameras);
            Assert.All(states, s => Assert.Contains(s, (string[])["failed", "connecting", "reconnecting", "stalled"]));
            Assert.All(cluster.Local.Workers, w => Assert.InRange(ProcessSample.Of(w.Id)!.Children, 0, 2 * cameras));
            findings.Add(12, "malformed RTSP and SDP", $"{poison.Sum(p => p.Answers)} answers to {poison.Sum(p => p.Connections)} calls from {cameras} cameras; states {string.Join(", ", states.GroupBy(s => s).Select(g => $"{g.Key} × {g.Count()}"))}", "no crash");
            Assert.All(cluster.Local.Roles, r => Assert.False(r.HasExited, r.Tail));
        }
        finally
        {
            foreach (var camera in poison)
            {
                await camera.DisposeAsync();
            }
        }
    }

    /// <summary>Whatever came before, the stream takes the next good frame and answers about it.</summary>
    private static async Task PushIsAnsweredAsync(ChaosCluster cluster, byte[] image)
    {
        await using var reader = AnswerReader.Start(cluster.Gateways, "pushed");
        await Wait.UntilAsync(() => reader.Connections > 0, () => "the reader to connect");
        using var http = new HttpClient { Timeout = Hang };
        var said = "";
        await Wait.UntilAsync(
            async () =>
            {
                using var content = new ByteArrayContent(image);
                content.Headers.ContentType = new("image/jpeg");
                using var response = await http.PostAsync(new Uri(cluster.Gateway, "/v1/streams/pushed/frames"), content);
                said = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
                return response.StatusCode == HttpStatusCode.Accepted && reader.Answers.Any();
            },
            () => $"a pushed frame to be taken and answered about; last: {said}");
    }

    private static async Task<string[]> StatesAsync(ChaosCluster cluster, int cameras)
    {
        var states = new List<string>();
        for (var i = 0; i < cameras; i++)
        {
            var stream = await cluster.GetAsync($"/v1/streams/p{i}");
            states.Add(stream.ValueKind == JsonValueKind.Object ? stream.GetProperty("state").GetString()! : "unknown");
        }

        return [.. states];
    }

    private static async Task SendAsync(ChaosCluster cluster, HostileRequests hostile, int count, ConcurrentDictionary<(string Kind, int Status), int> seen)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce * 2 }) { Timeout = Hang };
        var gateways = cluster.Gateways;
        var requests = Enumerable.Range(0, count).Select(i => (Number: i, Request: hostile.Next()));
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) =>
        {
            var status = await SendAsync(http, gateways[one.Number % gateways.Count], one.Request);
            seen.AddOrUpdate((one.Request.Kind, status), 1, (_, times) => times + 1);
        });
    }

    private static async Task<int> SendAsync(HttpClient http, Uri gateway, HostileRequest hostile)
    {
        using var request = new HttpRequestMessage(hostile.Method, new Uri(gateway + hostile.Path.TrimStart('/')));
        foreach (var (name, value) in hostile.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (hostile.Body is { } body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
        {
            // A stream of events that goes on: its head is enough.
            return status;
        }

        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(
            status is < 500 or 503 or 504,
            $"{hostile.Kind}: {hostile.Method} {hostile.Path} gave {status}: {answer}\nHeaders: {string.Join(", ", hostile.Headers)}\nBody: {Convert.ToBase64String(hostile.Body ?? [])}");
        if (status == (int)HttpStatusCode.Created && hostile.Method == HttpMethod.Post)
        {
            await RemoveAsync(http, gateway, answer);
        }

        return status;
    }

    /// <summary>A mutation that is still a good camera was added; it must not stay.</summary>
    private static async Task RemoveAsync(HttpClient http, Uri gateway, string created)
    {
        var id = JsonSerializer.Deserialize<JsonElement>(created).GetProperty("id").GetString()!;
        using var removed = await http.DeleteAsync(new Uri(gateway, $"/v1/streams/{Uri.EscapeDataString(id)}"));
        Assert.True(removed.IsSuccessStatusCode || removed.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable, $"Removing {id}: {(int)removed.StatusCode}");
    }

    private static int Check(Result<RgbImage> result)
    {
        if (result.TryGet(out var image, out var error))
        {
            Assert.Equal(image.Width * image.Height * 3, image.Pixels.Length);
            return 1;
        }

        Assert.True(error.Status is 400 or 413 or 415, $"Status {error.Status}: {error.Message}");
        return 0;
    }
}

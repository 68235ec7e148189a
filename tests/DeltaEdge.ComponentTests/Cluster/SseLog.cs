using System.Text.Json;

namespace DeltaEdge.ComponentTests.Cluster;

/// <summary>Everything that one reader of a stream's answers is sent over one connection.</summary>
internal sealed class SseLog : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;
    private readonly CancellationToken _patience;

    private SseLog(HttpResponseMessage response, StreamReader reader, CancellationToken patience) => (_response, _reader, _patience) = (response, reader, patience);

    public List<long> Ids { get; } = [];

    public static async Task<SseLog> OpenAsync(HttpClient http, string stream, CancellationToken patience)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/streams/{stream}/answers") { Headers = { { "Accept", "text/event-stream" } } };
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience);
        response.EnsureSuccessStatusCode();
        return new(response, new StreamReader(await response.Content.ReadAsStreamAsync(patience)), patience);
    }

    /// <summary>Reads until an answer is as wanted.</summary>
    public async Task UntilAsync(Func<(string Worker, string Outcome), bool> wanted)
    {
        while (true)
        {
            var line = await _reader.ReadLineAsync(_patience);
            Assert.NotNull(line);
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
            {
                continue;
            }

            var data = JsonDocument.Parse(line[6..]).RootElement;
            Assert.True(data.TryGetProperty("deltaedge", out var info), $"A gap where none may be: {line}");
            Ids.Add(data.GetProperty("id").GetInt64());
            if (wanted((info.GetProperty("worker").GetString()!, data.GetProperty("outcome").GetString()!)))
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
    }
}

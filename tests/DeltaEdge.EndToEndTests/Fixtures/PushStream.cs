using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace DeltaEdge.EndToEndTests.Fixtures;

/// <summary>A stream whose frames the test pushes, gone with it.</summary>
internal sealed class PushStream(EmbeddedSystemFixture system, string id) : IAsyncDisposable
{
    public static async Task<PushStream> AddAsync(EmbeddedSystemFixture system, string id)
    {
        using var created = await system.Http.PostAsJsonAsync("/v1/streams", new { id, source = "push:", fps = 4, deadline_ms = 30_000, questions = new[] { "How many cars are there?" } });
        Assert.Equal(201, (int)created.StatusCode);
        return new PushStream(system, id);
    }

    /// <summary>Posts a frame; again for as long as the stream is only just opening.</summary>
    public async Task<HttpResponseMessage> PostAsync(byte[] image, string contentType, string capturedAt = "")
    {
        HttpResponseMessage? response = null;
        await Wait.UntilAsync(async () =>
        {
            response?.Dispose();
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/streams/{id}/frames")
            {
                Content = new ByteArrayContent(image) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
            };
            if (capturedAt.Length > 0)
            {
                request.Headers.Add("x-captured-at", capturedAt);
            }

            response = await system.Http.SendAsync(request);
            return response.StatusCode != HttpStatusCode.Conflict;
        }, () => $"the stream {id} to open");
        return response!;
    }

    public async ValueTask DisposeAsync() => (await system.Http.DeleteAsync($"/v1/streams/{id}")).Dispose();
}

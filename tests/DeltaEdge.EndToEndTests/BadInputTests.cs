using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaEdge.EndToEndTests.Fixtures;

namespace DeltaEdge.EndToEndTests;

/// <summary>Every bad input of a client gets a clear error in OpenAI's shape, and the next good request is answered.</summary>
public sealed class BadInputTests(EmbeddedSystemFixture system)
{
    private readonly byte[] _image = File.ReadAllBytes(Repository.Sample("carpark.jpg"));

    [Fact]
    public async Task WrongMethod_IsToldWhichAreAllowed()
    {
        using var response = await system.Http.PutAsync("/v1/streams", null, TestContext.Current.CancellationToken);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/metrics")]
    public async Task Head_IsAnsweredWithoutABody(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await system.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task NotAnImage_NamesTheAllowedFormats()
    {
        var error = await RefusedAsync(Chat.Body("just text"u8.ToArray(), "Is there a red car?"), 415);
        Assert.Contains("JPEG, PNG or WebP", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TruncatedImage_IsSaidToBeTruncated()
    {
        var error = await RefusedAsync(Chat.Body(_image[..(_image.Length / 2)], "Is there a red car?"), 400);
        Assert.Contains("truncated", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyImage_IsSaidToBeEmpty()
    {
        var error = await RefusedAsync(Chat.Body([], "Is there a red car?"), 400);
        Assert.Contains("empty", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecompressionBomb_IsRefusedByItsHeader() =>
        await RefusedAsync(Chat.Body(PngHeaders.Claiming(60_000, 60_000), "Is there a red car?"), 413);

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task UnknownBudget_NamesTheLadder(int budget)
    {
        var error = await RefusedAsync(Chat.Body(_image, "Is there a red car?", new JsonObject { ["budget"] = budget }), 400);
        Assert.Equal("deltaedge.budget", error.GetProperty("param").GetString());
        Assert.Contains("576, 144, 64, 36, 16, 4, 1", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoQuestion_IsMissing()
    {
        var error = await RefusedAsync(Chat.Body(_image, "  "), 400);
        Assert.Equal("missing_question", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task NoImage_IsMissing()
    {
        var body = new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Is there a red car?" }) };
        var error = await RefusedAsync(body, 400);
        Assert.Equal("missing_image", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task QuestionOfTenThousandTokens_IsTooLong()
    {
        var error = await RefusedAsync(Chat.Body(_image, string.Concat(Enumerable.Repeat("car ", 10_000))), 400);
        Assert.Equal("context_length_exceeded", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task UnknownModel_IsNotFound()
    {
        var body = Chat.Body(_image, "Is there a red car?");
        body["model"] = "gpt-4o";
        var error = await RefusedAsync(body, 404);
        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{\"messages\": [")]
    [InlineData("")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task InvalidJson_SaysWhere(string text)
    {
        using var response = await system.Http.PostAsync("/v1/chat/completions", new StringContent(text, Encoding.UTF8, "application/json"));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("invalid_json", (await ErrorAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task OversizedBody_Is413()
    {
        // A careful client asks before it sends so much; one that does not may see its connection closed instead.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new ByteArrayContent(new byte[32 << 20]) };
        request.Headers.ExpectContinue = true;
        using var response = await system.Http.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        await ErrorAsync(response);
    }

    [Theory]
    [InlineData("/v2/nothing")]
    [InlineData("/v1/unknown")]
    public async Task UnknownRoute_Is404InShape(string route)
    {
        using var response = await system.Http.PostAsync(route, new StringContent("{}"));
        Assert.Equal(404, (int)response.StatusCode);
        await ErrorAsync(response);
    }

    [Fact]
    public async Task AfterBadInput_GoodRequestsAreAnswered()
    {
        using var work = new SemaphoreSlim(4);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await work.WaitAsync();
            try
            {
                var bytes = (byte[])_image.Clone();
                new Random(i).NextBytes(bytes.AsSpan(200, 400));
                var (status, _, _) = await Chat.PostAsync(system.Http, Chat.Body(bytes[..new Random(i).Next(1, bytes.Length)], "Is there a red car?"));
                Assert.Contains(status, (int[])[200, 400, 503, 504]);
            }
            finally
            {
                work.Release();
            }
        }));

        var (status, _, _) = await Chat.PostAsync(system.Http, Chat.Body(_image, "Is there a red car?"));
        Assert.Equal(200, status);
        Assert.False(system.HasExited);
    }

    private async Task<JsonElement> RefusedAsync(JsonNode body, int status)
    {
        using var response = await system.Http.PostAsJsonAsync("/v1/chat/completions", body);
        Assert.Equal(status, (int)response.StatusCode);
        return await ErrorAsync(response);
    }

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response)
    {
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        foreach (var key in (string[])["message", "type", "param", "code"])
        {
            Assert.True(error.TryGetProperty(key, out _), $"'{key}' is missing from {error}");
        }

        return error;
    }
}

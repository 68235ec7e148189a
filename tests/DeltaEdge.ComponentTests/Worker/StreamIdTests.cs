using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DeltaEdge.ComponentTests.Worker.Swapping;
using DeltaEdge.Core.Wire;

namespace DeltaEdge.ComponentTests.Worker;

public sealed class StreamIdTests
{
    /// <summary>Ids are one namespace, so an id that is in use cannot be had; whose stream has it, and that it is a stream, stays with its owner.</summary>
    [Theory]
    [InlineData("one", "exists")]
    [InlineData("two", "not available")]
    public async Task IdIsInUse_OnlyItsOwnerHearsOfTheStream(string tenant, string said)
    {
        await using var worker = await SwapWorker.StartAsync(mayChange: false);
        await Wait.UntilAsync(async () => (await worker.Http.GetAsync("/healthz/ready")).IsSuccessStatusCode, () => "the worker to be ready");
        using var added = await AddAsync(worker, "one");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);

        using var refused = await AddAsync(worker, tenant);

        var error = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal((HttpStatusCode.Conflict, "resource_in_use", "id"), (refused.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
        Assert.Contains(said, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AddAsync(SwapWorker worker, string tenant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/streams") { Content = JsonContent.Create(new { id = "yard", source = "push:", questions = new[] { "How many cars are there?" } }) };
        request.Headers.Add(EdgeHeaders.Tenant, tenant);
        return await worker.Http.SendAsync(request);
    }
}

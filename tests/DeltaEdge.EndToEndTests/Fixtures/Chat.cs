using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeltaEdge.EndToEndTests.Fixtures;

/// <summary>Chat completion requests as a client without a library would send them.</summary>
internal static class Chat
{
    public static JsonObject Body(byte[] image, string question, JsonObject? extension = null) => new()
    {
        ["messages"] = new JsonArray(new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = "data:image/jpeg;base64," + Convert.ToBase64String(image) } },
                new JsonObject { ["type"] = "text", ["text"] = question }),
        }),
        ["deltaedge"] = extension ?? new JsonObject { ["sla_class"] = "flex" },
    };

    public static async Task<(int Status, JsonElement Body, HttpResponseMessage Response)> PostAsync(HttpClient http, JsonNode body)
    {
        var response = await http.PostAsJsonAsync("/v1/chat/completions", body);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(), response);
    }
}

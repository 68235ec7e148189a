using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DeltaEdge.Core.Wire;
using DeltaEdge.Worker.Images;

namespace DeltaEdge.Worker.Chat;

/// <summary>Finds the one image and the question in <c>messages</c>: the last user message's text, and the chat's only image.</summary>
internal static class ChatContentParser
{
    public static Result<ChatContent> Parse(JsonElement root, bool takesUrls)
    {
        if (!root.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            return ApiError.Invalid("messages", "'messages' must be an array with at least one message.", "missing_required_parameter");
        }

        var question = new StringBuilder();
        ImagePart? image = null;
        var index = -1;
        foreach (var message in messages.EnumerateArray())
        {
            index++;
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String)
            {
                return ApiError.Invalid($"messages[{index}].role", "Every message needs a role: system, developer, user or assistant.");
            }

            if (role.GetString() != "user" || !message.TryGetProperty("content", out var content))
            {
                continue;
            }

            question.Clear();
            if (ReadContent(content, $"messages[{index}].content", question, takesUrls, ref image) is { } error)
            {
                return error;
            }
        }

        if (image is null)
        {
            return ApiError.Invalid("messages", "No image: add a part of type image_url to a user message.", "missing_image");
        }

        var text = question.ToString().Trim();
        return text.Length == 0
            ? ApiError.Invalid("messages", "No question: the last user message needs a part of type text.", "missing_question")
            : new ChatContent(text, image.Bytes, image.Url, image.Detail);
    }

    private static ApiError? ReadContent(JsonElement content, string param, StringBuilder question, bool takesUrls, ref ImagePart? image)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            question.Append(content.GetString());
            return null;
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            return ApiError.Invalid(param, "'content' must be a string or an array of parts.");
        }

        var part = -1;
        foreach (var item in content.EnumerateArray())
        {
            part++;
            var type = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("type", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString() : null;
            switch (type)
            {
                case "text" when item.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String:
                    question.Append(question.Length == 0 ? "" : "\n").Append(text.GetString());
                    break;
                case "image_url":
                    if (image is not null)
                    {
                        return ApiError.Invalid($"{param}[{part}]", "One image a request: this model answers about a single frame.", "too_many_images");
                    }

                    var decoded = ReadImage(item, $"{param}[{part}].image_url", takesUrls);
                    if (!decoded.TryGet(out image, out var error))
                    {
                        return error;
                    }

                    break;
                default:
                    return ApiError.Invalid($"{param}[{part}].type", "A content part must be {\"type\":\"text\",\"text\":…} or {\"type\":\"image_url\",\"image_url\":{\"url\":…}}.");
            }
        }

        return null;
    }

    private static Result<ImagePart> ReadImage(JsonElement part, string param, bool takesUrls)
    {
        if (!part.TryGetProperty("image_url", out var image))
        {
            return ApiError.Invalid(param, $"'{param}' is missing; its url must be {DataUrl.Allowed}.", "missing_required_parameter");
        }

        var isObject = image.ValueKind == JsonValueKind.Object;
        var url = isObject && image.TryGetProperty("url", out var u) ? u : image;
        if (url.ValueKind != JsonValueKind.String)
        {
            return ApiError.Invalid(param + ".url", $"'url' must be {DataUrl.Allowed}.");
        }

        var detail = isObject && image.TryGetProperty("detail", out var d) && d.ValueKind == JsonValueKind.String ? d.GetString()! : "auto";
        if (detail is not ("auto" or "low" or "high" or "original"))
        {
            return ApiError.Invalid(param + ".detail", "'detail' must be auto, low, high or original.");
        }

        var text = TextOf(url);
        if (takesUrls && !DataUrl.IsOne(text))
        {
            var remote = url.GetString()!;
            return ImageUrl.TryParse(remote, out _) ? new ImagePart([], remote, detail) : ImageUrlErrors.Invalid(param + ".url");
        }

        return DataUrl.Decode(text, param + ".url").TryGet(out var bytes, out var error) ? new ImagePart(bytes, null, detail) : error;
    }

    /// <summary>As it stands in the body, unless a part of it is escaped.</summary>
    private static ReadOnlySpan<byte> TextOf(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(text.GetString()!) : raw;
    }

    private sealed record ImagePart(byte[] Bytes, string? Url, string Detail);
}

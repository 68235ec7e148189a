using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Cli.Bench;

/// <summary>The frames that a bench asks about: <c>truth.json</c> and its images.</summary>
internal static class BenchFrames
{
    public const string TruthFile = "truth.json";

    /// <param name="folder">Folder with <see cref="TruthFile"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidOperationException">There are no frames there, or they cannot be read; the message says which.</exception>
    public static async Task<ImmutableArray<BenchFrame>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            using var truth = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, TruthFile), cancellationToken));
            var frames = ImmutableArray.CreateBuilder<BenchFrame>();
            foreach (var frame in truth.RootElement.GetProperty("frames").EnumerateArray())
            {
                var image = await File.ReadAllBytesAsync(Path.Combine(folder, frame.GetProperty("file").GetString()!), cancellationToken);
                frames.Add(new BenchFrame(Encode(image), [.. frame.GetProperty("questions").EnumerateArray().Select(Question)]));
            }

            return frames.Count > 0 ? frames.ToImmutable() : throw new InvalidOperationException($"{TruthFile} lists no frames.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException)
        {
            throw new InvalidOperationException($"The bench needs graded frames in {folder}: {e.Message}", e);
        }
    }

    private static BenchQuestion Question(JsonElement question)
    {
        var kind = question.GetProperty("kind").GetString();
        return kind is not null && QuestionKinds.TryParse(kind, out var parsed)
            ? new(parsed, question.GetProperty("question").GetString()!, question.GetProperty("answer").GetString()!)
            : throw new InvalidOperationException($"{TruthFile} has a question of kind '{kind}'; allowed: {QuestionKinds.Allowed}.");
    }

    private static byte[] Encode(byte[] image)
    {
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(image.Length)];
        Base64.EncodeToUtf8(image, text, out _, out var written);
        return text[..written];
    }
}

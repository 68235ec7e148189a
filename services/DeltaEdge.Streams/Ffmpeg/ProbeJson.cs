using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Streams;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>Reads ffprobe's JSON, where numbers are strings and anything may be missing.</summary>
internal static class ProbeJson
{
    private const double AssumedFps = 25;

    /// <param name="json">All of it.</param>
    /// <param name="kind">What was probed. A file has an end even if nobody wrote down where.</param>
    /// <returns>Null if there is no video stream in it.</returns>
    public static ClipInfo? Read(ReadOnlyMemory<byte> json, SourceKind kind)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("streams", out var streams) || streams.GetArrayLength() == 0)
        {
            return null;
        }

        var video = streams[0];
        var format = document.RootElement.TryGetProperty("format", out var found) ? found : default;
        var fps = Ratio(Text(video, "avg_frame_rate"));
        fps = fps > 0 ? fps : Ratio(Text(video, "r_frame_rate"));
        var duration = Number(Text(format, "duration"));
        var frames = (long)Number(Text(video, "nb_frames"));
        frames = frames > 0 ? frames : (long)Number(Text(video, "nb_read_packets"));
        var isPlaylist = Text(format, "format_name") is "hls" or "dash";
        return new ClipInfo(fps > 0 ? fps : AssumedFps, frames, duration, kind == SourceKind.File || duration > 0 || isPlaylist);
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value > 0 ? value : 0;

    private static double Ratio(string text) =>
        text.Split('/') is [var above, var below] && Number(below) > 0 ? Number(above) / Number(below) : Number(text);
}

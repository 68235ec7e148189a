using System.Text.Json;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Outbox;

namespace DeltaEdge.Delivery.Pumping;

/// <summary>
/// The target beside what waits for it, credentials included, so that a worker which starts again can deliver what a stream has left
/// that is not its own any more. Readable by its owner only.
/// </summary>
internal static class TargetFile
{
    private const string Name = "target.json";

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string folder, DeliveryTarget target)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            var fresh = path + ".new";
            using (var file = PrivateFiles.Create(fresh))
            {
                JsonSerializer.Serialize(file, target, DeliveryJsonContext.Default.DeliveryTarget);
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, path, overwrite: true);
        }
    }

    /// <summary>Null if there is none, or none that can be read.</summary>
    public static DeliveryTarget? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Name)), DeliveryJsonContext.Default.DeliveryTarget);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}

using System.Text;
using System.Text.Json;
using DeltaEdge.Cli.Up;

namespace DeltaEdge.Cli.Load;

/// <summary>Request bodies for a load: frames of all sample clips with the questions of their cameras.</summary>
internal static class LoadItems
{
    private const int FramesPerSecond = 4;

    /// <param name="clips">Folder of the sample clips.</param>
    /// <param name="slaClass">SLA class of the load.</param>
    /// <param name="budget">"auto" or a budget of the ladder.</param>
    /// <param name="cancellationToken">Stops reading clips.</param>
    public static async Task<IReadOnlyList<LoadItem>> BuildAsync(string clips, string slaClass, string budget, CancellationToken cancellationToken)
    {
        var items = new List<LoadItem>();
        foreach (var camera in DemoCameras.All)
        {
            var frames = await ClipFrames.ReadAsync(Path.Combine(clips, camera.Clip), FramesPerSecond, cancellationToken);
            for (var i = 0; i < frames.Count; i++)
            {
                items.Add(new LoadItem(Body(frames[i], camera.Questions[i % camera.Questions.Length], slaClass, budget)));
            }
        }

        // Neighbours in the list would otherwise be neighbours in time of one clip.
        new Random(1).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(items));
        return items;
    }

    /// <summary>One chat completion request about one JPEG.</summary>
    internal static byte[] Body(byte[] jpeg, string question, string slaClass, string budget)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            ChatMessages.Write(json, question, Encoding.ASCII.GetBytes(Convert.ToBase64String(jpeg)));
            json.WriteStartObject("deltaedge");
            json.WriteString("sla_class", slaClass);
            if (int.TryParse(budget, out var tokens))
            {
                json.WriteNumber("budget", tokens);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}

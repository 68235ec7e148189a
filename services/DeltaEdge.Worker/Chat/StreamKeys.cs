using DeltaEdge.Core.Streams;
using DeltaEdge.Fabric.Catalog;

namespace DeltaEdge.Worker.Chat;

/// <summary>
/// Which stream's accuracy a question about an image is answered by, and teaches. A tenant's words reach its own cameras only: any other
/// id stands for one of its own, under a name that no camera can have.
/// </summary>
internal sealed class StreamKeys(IStreamCatalog catalog)
{
    public ulong KeyOf(string streamId, string? tenant) =>
        StreamIds.KeyOf(tenant is null || catalog.Find(streamId)?.Tenant == tenant ? streamId : $"{tenant}/{streamId}");
}

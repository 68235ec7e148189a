using System.Text;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Streams;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Fabric.Workers;

namespace DeltaEdge.Gateway.Streams;

/// <summary>Streams that no worker tells of, from their records: they exist, and are shown, while nobody runs them.</summary>
internal sealed class CatalogView(IStreamDirectory directory, IWorkerRegistry workers, SlaCatalog classes)
{
    public StreamStatus Of(StreamRecord record)
    {
        var owner = directory.Find(record.StreamId)?.WorkerId;
        var (state, reason) = owner is null
            ? (StreamStatuses.Unassigned, "No worker runs it now; one takes it over as soon as it can.")
            : (StreamStatuses.Unreachable, $"Worker {owner} owns it and does not answer.");
        var known = workers.Known;
        var parser = new StreamSpecParser(classes, known.IsEmpty ? TokenLadder.Default : known[0].Profile.Ladder);
        var status = parser.Restore(Encoding.UTF8.GetBytes(record.Spec)).TryGet(out var spec, out _)
            ? StreamStatuses.Of(spec, state, reason)
            : StreamStatuses.Unreadable(record.StreamId, state, reason);
        return status with { Worker = owner };
    }
}

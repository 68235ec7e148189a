using DeltaEdge.Core.Streams;
using DeltaEdge.Delivery;
using DeltaEdge.Fabric.Catalog;
using DeltaEdge.Fabric.Streams;
using DeltaEdge.Streams.Lifecycle;
using DeltaEdge.Streams.Registry;
using DeltaEdge.Worker.Hosting;
using DeltaEdge.Worker.Placement;

namespace DeltaEdge.Worker.StreamApi;

/// <summary>A stream as this worker can show it: with all there is to say if it runs here, from its record if it does not.</summary>
internal sealed class StreamView(StreamRegistry registry, StreamKeeper keeper, StreamQuality quality, DeliveryStates deliveries, IStreamDirectory directory, WorkerIdentity identity)
{
    public StreamStatus? Here(string id) => registry.Find(id) is { } camera ? Show(camera)
        : keeper.Find(id) is { Failure: not null } kept ? keeper.FailedStatus(kept) with { Worker = identity.WorkerId }
        : null;

    public StreamStatus Of(StreamRecord record)
    {
        if (Here(record.StreamId) is { } here)
        {
            // A camera follows a moment later what its record says now.
            return here.State == StreamState.Paused.Name() == record.IsPaused || here.State == StreamState.Failed.Name()
                ? here
                : here with { State = (record.IsPaused ? StreamState.Paused : StreamState.Connecting).Name() };
        }

        var owner = directory.Find(record.StreamId)?.WorkerId;
        var state = owner is null ? StreamStatuses.Unassigned : StreamState.Connecting.Name();
        var status = keeper.Read(record).TryGet(out var spec, out var error)
            ? StreamStatuses.Of(spec, state, null)
            : StreamStatuses.Unreadable(record.StreamId, state, error.Message);
        return status with { Worker = owner };
    }

    private StreamStatus Show(Camera camera)
    {
        var targets = camera.Spec.Deliver;
        return quality.Show(camera) with { Worker = identity.WorkerId, Deliveries = targets.IsEmpty ? default : deliveries.Of(targets) };
    }

    public StreamList All() => new([.. registry.All.Select(c => c.Status).Concat(keeper.Failed).OrderBy(s => s.Id, StringComparer.Ordinal).Select(s => s with { Worker = identity.WorkerId })]);
}

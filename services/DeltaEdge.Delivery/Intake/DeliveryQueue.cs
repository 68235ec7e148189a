using System.Collections.Immutable;
using System.Threading.Channels;
using DeltaEdge.Core.Answers;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Core.Events;
using DeltaEdge.Delivery.Metrics;

namespace DeltaEdge.Delivery.Intake;

/// <summary>
/// Between the streams' tasks, which must not wait for a disk, and the one task that writes outboxes. Bounded; what finds it full is
/// dropped and counted, and answers find it full earlier, so that there is room for events.
/// </summary>
internal sealed class DeliveryQueue(DeliveryMetrics metrics)
{
    private const int Capacity = 8192;
    private const int CapacityForAnswers = Capacity / 2;

    private readonly Channel<DeliveryItem> _items = Channel.CreateBounded<DeliveryItem>(new BoundedChannelOptions(Capacity)
    {
        SingleReader = true,
        SingleWriter = false,
        FullMode = BoundedChannelFullMode.Wait,
        AllowSynchronousContinuations = false,
    });

    public IAsyncEnumerable<DeliveryItem> ReadAllAsync() => _items.Reader.ReadAllAsync();

    public void Complete() => _items.Writer.TryComplete();

    public void Add(ImmutableArray<DeliveryTarget> targets, StreamEvent happened)
    {
        var wanting = targets.RemoveAll(t => !t.WantsEvents);
        var body = new DeliveryBody { Type = happened.Type, StreamId = happened.StreamId, DedupeKey = happened.DedupeKey, Event = happened };
        if (!wanting.IsEmpty && !_items.Writer.TryWrite(new DeliveryItem(wanting, happened.At, body)))
        {
            Dropped(wanting);
        }
    }

    public void Add(ImmutableArray<DeliveryTarget> targets, StreamAnswer answer, DateTimeOffset at)
    {
        var wanting = targets.RemoveAll(t => !t.WantsAnswers);
        if (wanting.IsEmpty)
        {
            return;
        }

        var key = $"{answer.StreamId}:{Uri.EscapeDataString(answer.QuestionId)}:{answer.CapturedAt.ToUnixTimeMilliseconds()}";
        var body = new DeliveryBody { Type = "answer", StreamId = answer.StreamId, DedupeKey = key, Answer = answer };
        if (_items.Reader.Count >= CapacityForAnswers || !_items.Writer.TryWrite(new DeliveryItem(wanting, at, body)))
        {
            Dropped(wanting);
        }
    }

    private void Dropped(ImmutableArray<DeliveryTarget> targets)
    {
        foreach (var target in targets)
        {
            metrics.Ended(target.Type, "dropped");
        }
    }
}

using System.Collections.Immutable;
using DeltaEdge.Core.Delivery;

namespace DeltaEdge.Delivery.Intake;

/// <param name="Targets">Where it goes.</param>
/// <param name="At">Wall clock of the worker.</param>
/// <param name="Body">What it says.</param>
internal sealed record DeliveryItem(ImmutableArray<DeliveryTarget> Targets, DateTimeOffset At, DeliveryBody Body);

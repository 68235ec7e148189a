using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Scheduling;

namespace DeltaEdge.UnitTests.Core;

public sealed class StepMeterTests
{
    private readonly StepMeter _meter = new();

    [Fact]
    public void Steps_AreAddedUpByStage()
    {
        _meter.Add(StepKind.Encode, 0.1, 0.2);
        var before = _meter.Totals;
        _meter.Add(StepKind.Prefill, 0.1, 0.1);
        _meter.Add(StepKind.Decode, 0.2, 0.1);
        _meter.Add(StepKind.Decode, 0.2, 0.3);

        var since = _meter.Totals - before;

        Assert.Equal(0, since.Encode.Steps);
        Assert.Equal((1, 0.1, 0.1), (since.Prefill.Steps, since.Prefill.Predicted, since.Prefill.Observed));
        Assert.Equal((2, 0.4, 0.4), (since.Decode.Steps, since.Decode.Predicted, since.Decode.Observed));
        Assert.Equal(((0.01 + 0.09) / 0.2) + 0.1, since.All.Squares, 1e-12);
    }

    [Fact]
    public void NothingPredicted_IsLeftOut()
    {
        _meter.Add(StepKind.Prefill, 0, 1);

        Assert.Equal(default, _meter.Totals);
    }
}

using DeltaEdge.Evaluation.Runs;

namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>Where asks go when they end.</summary>
internal interface IAskSink
{
    void Ended(SimulatedAsk ask, AskEndKind end, TimeSpan now);
}

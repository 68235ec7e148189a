namespace DeltaEdge.Evaluation.Simulation.Engine;

/// <summary>What a simulated engine is in the middle of.</summary>
internal enum EngineStage
{
    None = 0,
    Encode = 1,
    Prefill = 2,
    Decode = 3,
}

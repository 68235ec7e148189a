namespace DeltaEdge.Core.Profiles;

/// <summary>What an engine's steps have taken since its start, by stage: how far its profile is off where.</summary>
public readonly record struct EngineSteps(StepTotals Encode, StepTotals Prefill, StepTotals Decode)
{
    public StepTotals All => Encode + Prefill + Decode;

    public static EngineSteps operator -(EngineSteps a, EngineSteps b) => new(a.Encode - b.Encode, a.Prefill - b.Prefill, a.Decode - b.Decode);
}

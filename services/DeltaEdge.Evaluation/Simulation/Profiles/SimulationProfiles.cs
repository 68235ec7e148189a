namespace DeltaEdge.Evaluation.Simulation.Profiles;

/// <summary>The profiles that are built in, by name.</summary>
public static class SimulationProfiles
{
    /// <summary>For error texts and help.</summary>
    public const string Allowed = NanoProfile.Name + ", " + RooflineProfile.Name;

    /// <summary>The profile of that name; null if there is none such.</summary>
    public static SimulationProfile? Find(string name) => name switch
    {
        NanoProfile.Name => NanoProfile.BuiltIn,
        RooflineProfile.Name => RooflineProfile.BuiltIn,
        _ => null,
    };
}

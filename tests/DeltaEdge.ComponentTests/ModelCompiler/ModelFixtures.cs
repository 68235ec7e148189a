namespace DeltaEdge.ComponentTests.ModelCompiler;

/// <summary>Where the model packages made by models/training lie in the working tree.</summary>
internal static class ModelFixtures
{
    public static string Tiny => Repository.PathOf("tests", "fixtures", "model", "tiny");

    public static string TinyGolden => Path.Combine(Tiny, "golden.safetensors");

    public static string Nano => Repository.Model;

    public static string NanoWeights => Path.Combine(Nano, "model.safetensors");

    public static string NanoGolden => Repository.PathOf("tests", "fixtures", "model", "nano", "golden.safetensors");
}

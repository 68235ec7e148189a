namespace DeltaEdge.ModelCompiler;

/// <summary>What the graphs are written for.</summary>
public enum CompileTarget
{
    /// <summary>ONNX Runtime's CPU provider, fp32.</summary>
    Cpu,
}

using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.Inference.Sessions;

/// <summary>Execution providers by the name that configuration uses.</summary>
public static class ExecutionProviders
{
    /// <summary>NVIDIA TensorRT: fastest, builds its engines at the first start.</summary>
    public const string TensorRt = "tensorrt";

    /// <summary>NVIDIA CUDA.</summary>
    public const string Cuda = "cuda";

    /// <summary>Always there.</summary>
    public const string Cpu = "cpu";

    public const string Allowed = "tensorrt, cuda, cpu";

    public static bool IsKnown(string name) => name is TensorRt or Cuda or Cpu;

    /// <summary>Asks for the provider; throws if this build of ONNX Runtime or this machine lacks it.</summary>
    internal static void Append(SessionOptions options, string name)
    {
        switch (name)
        {
            case TensorRt:
                options.AppendExecutionProvider_Tensorrt();
                options.AppendExecutionProvider_CUDA();
                break;
            case Cuda:
                options.AppendExecutionProvider_CUDA();
                break;
            default:
                options.AppendExecutionProvider_CPU();
                break;
        }
    }
}

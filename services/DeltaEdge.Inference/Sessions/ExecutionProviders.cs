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

    /// <summary>
    /// Asks for the provider; throws if this build of ONNX Runtime or this machine lacks it. By options objects: the entry points
    /// that take a device's number are not in every build of the library.
    /// </summary>
    internal static void Append(SessionOptions options, string name)
    {
        switch (name)
        {
            case TensorRt:
                using (var tensorRt = new OrtTensorRTProviderOptions())
                {
                    options.AppendExecutionProvider_Tensorrt(tensorRt);
                }

                AppendCuda(options); // What TensorRT does not take runs there.
                break;
            case Cuda:
                AppendCuda(options);
                break;
            default:
                options.AppendExecutionProvider_CPU();
                break;
        }
    }

    private static void AppendCuda(SessionOptions options)
    {
        using var cuda = new OrtCUDAProviderOptions();
        options.AppendExecutionProvider_CUDA(cuda);
    }
}

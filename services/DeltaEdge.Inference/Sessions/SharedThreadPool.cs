using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.Inference.Sessions;

/// <summary>
/// ONNX Runtime's one environment of the process with one thread pool that sessions can share: the graphs run one after another,
/// so one pool is enough for all. Its threads never spin, because for this pool ONNX Runtime cannot bound for how long.
/// </summary>
internal static partial class SharedThreadPool
{
    private static readonly Lock Gate = new();
    private static bool _shared;

    /// <summary>
    /// Makes the environment on the first call; its size holds for the process's life. False if something else in the process has
    /// already made one without a pool; then each session needs threads of its own.
    /// </summary>
    public static bool TryCreate(int threads, ILogger logger)
    {
        lock (Gate)
        {
            if (_shared)
            {
                return true;
            }

            if (OrtEnv.IsCreated)
            {
                LogNotShared(logger);
                return false;
            }

            using var threading = new OrtThreadingOptions { GlobalIntraOpNumThreads = threads, GlobalInterOpNumThreads = 1, GlobalSpinControl = false };
            var options = new EnvironmentCreationOptions { logId = "deltaedge", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, threadOptions = threading };
            OrtEnv.CreateInstanceWithOptions(ref options);
            return _shared = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "ONNX Runtime was started without a shared thread pool; each session gets its own threads", EventName = "ThreadPoolNotShared")]
    private static partial void LogNotShared(ILogger logger);
}

using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace DeltaEdge.Inference.Sessions;

/// <summary>
/// Opens graphs on the first execution provider of the configured order that takes them. One that refuses is logged with its
/// reason and not tried again.
/// </summary>
internal sealed partial class SessionFactory
{
    private readonly List<string> _providers;
    private readonly int _threads;
    private readonly bool _spin;
    private readonly bool _sharedPool;
    private readonly ILogger _logger;

    public SessionFactory(IEnumerable<string> providers, int threads, bool spin, ILogger logger)
    {
        _providers = [.. providers];
        if (!_providers.Contains(ExecutionProviders.Cpu))
        {
            _providers.Add(ExecutionProviders.Cpu);
        }

        (_threads, _spin, _logger) = (threads, spin, logger);
        _sharedPool = SharedThreadPool.TryCreate(threads, spin, logger);
    }

    /// <summary>The provider that the next graph is opened on.</summary>
    public string Provider => _providers[0];

    /// <summary>Graphs opened so far.</summary>
    public int Opened { get; private set; }

    public InferenceSession Open(string path)
    {
        while (true)
        {
            try
            {
                return Open(path, Provider);
            }
            catch (Exception e) when (Provider != ExecutionProviders.Cpu)
            {
                LogProviderRefused(Provider, e.Message);
                _providers.RemoveAt(0);
            }
        }
    }

    /// <summary>Opens on the CPU whatever the order says: for the decoder, whose cache lies in host memory.</summary>
    public InferenceSession OpenOnCpu(string path) => Open(path, ExecutionProviders.Cpu);

    private InferenceSession Open(string path, string provider)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (_sharedPool)
        {
            options.DisablePerSessionThreads();
        }
        else
        {
            options.IntraOpNumThreads = _threads;
            options.InterOpNumThreads = 1;
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", _spin ? "1" : "0");
        }

        ExecutionProviders.Append(options, provider);
        var session = new InferenceSession(path, options);
        Opened++;
        return session;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Execution provider {Provider} is not used: {Reason}", EventName = "ProviderRefused")]
    private partial void LogProviderRefused(string provider, string reason);
}

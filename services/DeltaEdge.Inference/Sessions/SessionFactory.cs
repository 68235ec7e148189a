using System.Globalization;
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
    private readonly int _spinMicroseconds;
    private readonly bool _sharedPool;
    private readonly ILogger _logger;
    private readonly Action? _built;

    /// <param name="providers">Execution providers in the order they are tried.</param>
    /// <param name="threads">Threads that a run may use.</param>
    /// <param name="spinMicroseconds">
    /// How long a thread looks out for the next piece of work before it sleeps; 0 sleeps at once. ONNX Runtime can bound this only for
    /// a session's own threads, so the shared pool serves where nothing spins.
    /// </param>
    /// <param name="logger">Where refused providers are named.</param>
    /// <param name="shared">False gives each session its own threads in any case.</param>
    /// <param name="built">Called for each graph that was opened.</param>
    public SessionFactory(IEnumerable<string> providers, int threads, int spinMicroseconds, ILogger logger, bool shared = true, Action? built = null)
    {
        _providers = [.. providers];
        if (!_providers.Contains(ExecutionProviders.Cpu))
        {
            _providers.Add(ExecutionProviders.Cpu);
        }

        (_threads, _spinMicroseconds, _logger, _built) = (threads, spinMicroseconds, logger, built);
        _sharedPool = shared && spinMicroseconds == 0 && SharedThreadPool.TryCreate(threads, logger);
    }

    /// <summary>The provider that the next graph is opened on.</summary>
    public string Provider => _providers[0];

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
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", _spinMicroseconds > 0 ? "1" : "0");
            if (_spinMicroseconds > 0)
            {
                options.AddSessionConfigEntry("session.intra_op.spin_duration_us", _spinMicroseconds.ToString(CultureInfo.InvariantCulture));
            }
        }

        ExecutionProviders.Append(options, provider);
        var session = new InferenceSession(path, options);
        _built?.Invoke();
        return session;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Execution provider {Provider} is not used: {Reason}", EventName = "ProviderRefused")]
    private partial void LogProviderRefused(string provider, string reason);
}

using System.Diagnostics;
using DeltaEdge.Telemetry.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DeltaEdge.Tracing;

/// <summary>
/// Sends spans to a collector while the host runs. Sources of spans are the process's, so hosts that share a process share one
/// export: the first to start makes it, the last to stop ends it.
/// </summary>
internal sealed class OtlpExport(IOptions<TracingOptions> options, IConfiguration configuration, IHostEnvironment environment) : IHostedService
{
    private const int BatchMs = 1000;
    private static readonly Lock Gate = new();
    private static TracerProvider? _provider;
    private static int _users;

    private bool _isUser;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = options.Value.Endpoint is { Length: > 0 } told ? told : configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        if (string.IsNullOrEmpty(endpoint))
        {
            return Task.CompletedTask;
        }

        lock (Gate)
        {
            _provider ??= Build(new Uri($"{endpoint.TrimEnd('/')}/v1/traces"));
            _users++;
            _isUser = true;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        TracerProvider? last = null;
        lock (Gate)
        {
            if (_isUser && --_users == 0)
            {
                (last, _provider) = (_provider, null);
            }

            _isUser = false;
        }

        return Task.Run(() => last?.Dispose(), cancellationToken); // It sends what is left, and waits for the collector within a limit.
    }

    private TracerProvider Build(Uri endpoint) => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(r => r.AddService(configuration["OTEL_SERVICE_NAME"] ?? environment.ApplicationName))
        .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.Value.SamplingRatio)))
        .AddSource(Traces.Source.Name, "Microsoft.AspNetCore", "System.Net.Http")
        .AddProcessor(new AsksOnly())
        .AddOtlpExporter(otlp =>
        {
            otlp.Endpoint = endpoint;
            otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
            otlp.BatchExportProcessorOptions = new BatchExportProcessorOptions<Activity> { ScheduledDelayMilliseconds = BatchMs };
        })
        .Build();
}

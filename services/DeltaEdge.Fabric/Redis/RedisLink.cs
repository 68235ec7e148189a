using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DeltaEdge.Fabric.Redis;

/// <summary>
/// The connection. Calls are bounded in time and give null instead of throwing when the server is out of reach; the client
/// reconnects by itself, and is replaced whole if it has not managed to for a while.
/// </summary>
internal sealed partial class RedisLink : IAsyncDisposable
{
    private readonly ConfigurationOptions _configuration;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Counter<long> _failures;
    private readonly ILogger<RedisLink> _logger;
    private volatile ConnectionMultiplexer? _connection;
    private ConnectionMultiplexer? _subscribed;
    private int _away;

    public RedisLink(IOptions<FabricOptions> options, TimeProvider time, IMeterFactory meters, ILogger<RedisLink> logger)
    {
        (_time, _logger) = (time, logger);
        _timeout = TimeSpan.FromMilliseconds(options.Value.TimeoutMs);
        _configuration = ConfigurationOptions.Parse(options.Value.ConnectionString);
        _configuration.AbortOnConnectFail = false;
        _configuration.ConnectTimeout = Math.Max(1000, options.Value.TimeoutMs);
        _configuration.SyncTimeout = options.Value.TimeoutMs;
        _configuration.ReconnectRetryPolicy = new LinearRetry(250);
        _failures = meters.Create(InstrumentNames.Meter).CreateCounter<long>(
            InstrumentNames.SharedStateFailuresTotal, "{call}", "Calls to shared state that failed or took too long.");
    }

    /// <summary>Result of the script, or null if the server could not be asked in time.</summary>
    public async Task<RedisResult?> TryRunAsync(RedisScript script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        if (_connection is not { IsConnected: true } connection)
        {
            Failed(script.Name, null);
            return null;
        }

        try
        {
            var result = await script.RunAsync(connection.GetDatabase(), keys, arguments).WaitAsync(_timeout, _time, cancellationToken);
            if (Interlocked.Exchange(ref _away, 0) == 1)
            {
                LogBack();
            }

            return result;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            Failed(script.Name, e);
            return null;
        }
    }

    /// <summary>Connects anew. Errors are logged; the caller tries again later.</summary>
    public async Task ReconnectAsync()
    {
        try
        {
            var fresh = await ConnectionMultiplexer.ConnectAsync(_configuration);
            var old = _connection;
            _connection = fresh;
            old?.Dispose();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or System.Net.Sockets.SocketException)
        {
            Failed("connect", e);
        }
    }

    /// <summary>Listens on the channel, once a connection; the client subscribes again by itself after it was lost.</summary>
    public async Task SubscribeAsync(string channel, Action<string> onMessage, CancellationToken cancellationToken)
    {
        if (_connection is not { IsConnected: true } connection || ReferenceEquals(connection, _subscribed))
        {
            return;
        }

        try
        {
            var literal = new RedisChannel(channel, RedisChannel.PatternMode.Literal);
            await connection.GetSubscriber().SubscribeAsync(literal, (_, message) => onMessage(message.ToString())).WaitAsync(_timeout, _time, cancellationToken);
            _subscribed = connection;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            Failed("subscribe", e);
        }
    }

    public bool IsConnected => _connection is { IsConnected: true };

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.CloseAsync(allowCommandsToComplete: false);
            connection.Dispose();
        }
    }

    private void Failed(string operation, Exception? exception)
    {
        _failures.Add(1, new KeyValuePair<string, object?>(TagNames.Operation, operation));
        if (Interlocked.Exchange(ref _away, 1) == 0)
        {
            LogAway(operation, exception?.Message ?? "not connected");
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Redis is out of reach ({Operation}: {Reason}); going on with what is known", EventName = "RedisAway")]
    private partial void LogAway(string operation, string reason);

    [LoggerMessage(2, LogLevel.Information, "Redis answers again", EventName = "RedisBack")]
    private partial void LogBack();
}

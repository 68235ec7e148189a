using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DeltaEdge.Telemetry;
using DeltaEdge.Telemetry.Tls;
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
    /// <summary>Most entries that one call puts into the store.</summary>
    public const int PartSize = 500;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    private readonly ConfigurationOptions _configuration;
    private readonly RedisKeys _keys;
    private readonly ConcurrentDictionary<string, Action<string>> _listeners = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Counter<long> _failures;
    private readonly ILogger<RedisLink> _logger;
    private volatile ConnectionMultiplexer? _connection;
    private int _away;

    public RedisLink(IOptions<FabricOptions> options, RedisKeys keys, TimeProvider time, IMeterFactory meters, ILogger<RedisLink> logger)
    {
        (_keys, _time, _logger) = (keys, time, logger);
        _timeout = TimeSpan.FromMilliseconds(options.Value.TimeoutMs);
        _configuration = ConfigurationOptions.Parse(options.Value.ConnectionString);
        _configuration.AbortOnConnectFail = false;
        _configuration.ConnectTimeout = Math.Max(1000, options.Value.TimeoutMs);
        _configuration.SyncTimeout = options.Value.TimeoutMs;
        _configuration.ReconnectRetryPolicy = new LinearRetry(250);
        _configuration.CertificateValidation += new TrustedAuthorities(options.Value.TrustedAuthorities).Accepts;
        _failures = meters.Create(InstrumentNames.Meter).CreateCounter<long>(
            InstrumentNames.SharedStateFailuresTotal, "{call}", "Calls to shared state that failed or took too long.");
    }

    /// <summary>Result of the script, or null if the server could not be asked in time.</summary>
    public async Task<RedisResult?> TryRunAsync(RedisScript script, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        if (_connection is not { IsConnected: true } connection)
        {
            Failed(script.Name, null);
            return null;
        }

        try
        {
            var result = await script.RunAsync(connection.GetDatabase(), _keys.Root, arguments).WaitAsync(_timeout, _time, cancellationToken);
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
            var fresh = await ConnectAsync();
            fresh.ConnectionRestored += (_, _) => MissedMessages?.Invoke();
            var old = _connection;
            _connection = fresh;
            old?.Dispose();
            await Task.WhenAll(_listeners.Select(l => SubscribeAsync(fresh, l.Key, l.Value)));
            MissedMessages?.Invoke();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or System.Net.Sockets.SocketException)
        {
            Failed("connect", e);
        }
    }

    /// <summary>The client bounds its tries itself; this bounds the client. One that comes too late is let go of.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var connecting = ConnectionMultiplexer.ConnectAsync(_configuration);
        try
        {
            return await connecting.WaitAsync(ConnectLimit, _time);
        }
        catch (TimeoutException)
        {
            _ = connecting.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Fires when messages may have been lost.</summary>
    public event Action? MissedMessages;

    /// <summary>Listens on a channel until <see cref="Forget"/>, over every connection from now on.</summary>
    /// <param name="channel">Its name.</param>
    /// <param name="onMessage">Gets each message; must return at once.</param>
    /// <returns>Ends when the server has confirmed it, or could not in time: then the next connection does it.</returns>
    public Task ListenAsync(string channel, Action<string> onMessage)
    {
        _listeners[channel] = onMessage;
        return _connection is { } connection ? SubscribeAsync(connection, channel, onMessage) : Task.CompletedTask;
    }

    public void Forget(string channel)
    {
        if (_listeners.TryRemove(channel, out _))
        {
            _connection?.GetSubscriber().Unsubscribe(Literal(channel), flags: CommandFlags.FireAndForget);
        }
    }

    private static RedisChannel Literal(string channel) => new(channel, RedisChannel.PatternMode.Literal);

    private async Task SubscribeAsync(ConnectionMultiplexer connection, string channel, Action<string> onMessage)
    {
        try
        {
            await connection.GetSubscriber().SubscribeAsync(Literal(channel), (_, message) => onMessage(message.ToString())).WaitAsync(_timeout, _time);
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

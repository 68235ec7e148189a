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
/// reconnects by itself, and is replaced whole if nothing has been answered for a while, whatever it says of itself.
/// </summary>
internal sealed partial class RedisLink : IAsyncDisposable
{
    /// <summary>Most entries that one call puts into the store.</summary>
    public const int PartSize = 500;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarnEvery = TimeSpan.FromMinutes(1);

    private readonly ConfigurationOptions _configuration;
    private readonly RedisKeys _keys;
    private readonly ConcurrentDictionary<string, Action<string>> _listeners = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Counter<long> _failures;
    private readonly ILogger<RedisLink> _logger;
    private volatile ConnectionMultiplexer? _connection;
    private volatile bool _disposed;
    private long _silentSince;
    private long _warnedAt;

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
            CountSilenceAnew();
            if (Interlocked.Exchange(ref _warnedAt, 0) != 0)
            {
                LogBack();
            }

            return result;
        }
        catch (RedisServerException e)
        {
            CountSilenceAnew(); // A refusal is an answer too: another connection would get the same.
            Failed(script.Name, e);
            return null;
        }
        catch (Exception e) when (IsOutOfReach(e, cancellationToken))
        {
            Failed(script.Name, e);
            return null;
        }
    }

    /// <summary>How long nothing has been answered, by a connection that has had as long to answer.</summary>
    public TimeSpan SilentFor => _time.GetElapsedTime(Interlocked.Read(ref _silentSince));

    /// <summary>
    /// Connects anew; calls go on meanwhile, and a connection that has healed by then is kept if the new one has not come up. Errors are
    /// logged; the caller tries again later. One at a time.
    /// </summary>
    public async Task ReconnectAsync()
    {
        try
        {
            var fresh = await ConnectAsync();
            if (!fresh.IsConnected && _connection is { IsConnected: true })
            {
                await CloseAsync(fresh);
                return;
            }

            await ReplaceAsync(fresh);
        }
#pragma warning disable CA1031 // Whatever keeps it from connecting now may be over at the next try; the process goes on with what it knows.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed("connect", e);
        }
        finally
        {
            CountSilenceAnew();
        }
    }

    private async Task ReplaceAsync(ConnectionMultiplexer fresh)
    {
        fresh.ConnectionRestored += (_, _) => MissedMessages?.Invoke();
        var old = Interlocked.Exchange(ref _connection, fresh);
        await CloseAsync(old);
        if (_disposed)
        {
            await DisposeAsync();
            return;
        }

        await Task.WhenAll(_listeners.Select(l => SubscribeAsync(fresh, l.Key, l.Value)));
        MissedMessages?.Invoke();
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
        catch (Exception e) when (IsOutOfReach(e, CancellationToken.None))
        {
            Failed("subscribe", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await CloseAsync(Interlocked.Exchange(ref _connection, null));
    }

    /// <summary>Waits for nothing that is still under way: the other end may be dead.</summary>
    private static async Task CloseAsync(ConnectionMultiplexer? connection)
    {
        if (connection is not null)
        {
            await connection.CloseAsync(allowCommandsToComplete: false);
            connection.Dispose();
        }
    }

    /// <summary>Besides what it documents, the client cancels what was under way when it was closed.</summary>
    private static bool IsOutOfReach(Exception e, CancellationToken cancellationToken) =>
        e is RedisException or RedisCommandException or TimeoutException or ObjectDisposedException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private void CountSilenceAnew() => Interlocked.Exchange(ref _silentSince, _time.GetTimestamp());

    private void Failed(string operation, Exception? exception)
    {
        _failures.Add(1, new KeyValuePair<string, object?>(TagNames.Operation, operation));
        var warnedAt = Interlocked.Read(ref _warnedAt);
        if ((warnedAt == 0 || _time.GetElapsedTime(warnedAt) > WarnEvery) && Interlocked.CompareExchange(ref _warnedAt, _time.GetTimestamp(), warnedAt) == warnedAt)
        {
            LogAway(operation, exception?.Message ?? "not connected");
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Redis is out of reach ({Operation}: {Reason}); going on with what is known", EventName = "RedisAway")]
    private partial void LogAway(string operation, string reason);

    [LoggerMessage(2, LogLevel.Information, "Redis answers again", EventName = "RedisBack")]
    private partial void LogBack();
}

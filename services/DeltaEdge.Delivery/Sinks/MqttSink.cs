using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Mqtt;
using DeltaEdge.Delivery.Net;
using DeltaEdge.Delivery.Outbox;

namespace DeltaEdge.Delivery.Sinks;

/// <summary>Publishes each message at quality of service 1; delivered means that the broker has taken it over.</summary>
internal sealed class MqttSink(DeliveryTarget target, TargetConnector connector) : ISink
{
    private const int PlainPort = 1883;
    private const int SecurePort = 8883;

    private readonly Uri _url = new(target.Url);
    private readonly string _clientId = $"deltaedge-{Guid.NewGuid():n}"[..23];
    private MqttConnection? _connection;

    public async Task<SendResult> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await OpenAsync(cancellationToken);
            await _connection.PublishAsync(message.Fill(target.Topic!), message.Body, cancellationToken);
            return SendResult.Delivered;
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } connection)
        {
            try
            {
                await connection.PingAsync(cancellationToken);
            }
            catch
            {
                await CloseAsync();
                throw;
            }
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<MqttConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var secure = _url.Scheme == "mqtts";
        var connection = new MqttConnection(await connector.ConnectAsync(_url, secure, secure ? SecurePort : PlainPort, cancellationToken));
        try
        {
            var (user, password) = UserInfo.Of(_url);
            await connection.OpenAsync(_clientId, user, password, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task CloseAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }
}

using System.Globalization;
using System.Text;
using DeltaEdge.Core.Delivery;
using DeltaEdge.Delivery.Net;
using DeltaEdge.Delivery.Outbox;
using DeltaEdge.Delivery.Redis;

namespace DeltaEdge.Delivery.Sinks;

/// <summary>Adds each message to a Redis stream (XADD) that is kept at about its length.</summary>
internal sealed class RedisSink(DeliveryTarget target, TargetConnector connector) : ISink
{
    private const int StandardPort = 6379;

    private readonly Uri _url = new(target.Url);
    private readonly byte[] _length = Utf8(target.MaxLength!.Value.ToString(CultureInfo.InvariantCulture));
    private RespConnection? _connection;

    public async Task<SendResult> SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await OpenAsync(cancellationToken);
            await _connection.RunAsync(
                cancellationToken,
                "XADD"u8.ToArray(), Utf8(message.Fill(target.Key!)), "MAXLEN"u8.ToArray(), "~"u8.ToArray(), _length, "*"u8.ToArray(),
                "type"u8.ToArray(), Utf8(message.Type), "stream"u8.ToArray(), Utf8(message.StreamId),
                "dedupe_key"u8.ToArray(), Utf8(message.DedupeKey), "body"u8.ToArray(), message.Body);
            return SendResult.Delivered;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<RespConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new RespConnection(await connector.ConnectAsync(_url, _url.Scheme == "rediss", StandardPort, cancellationToken));
        try
        {
            var (user, password) = UserInfo.Of(_url);
            if (password is not null)
            {
                byte[][] credentials = user is null ? [Utf8(password)] : [Utf8(user), Utf8(password)];
                await connection.RunAsync(cancellationToken, ["AUTH"u8.ToArray(), .. credentials]);
            }

            if (_url.AbsolutePath.Length > 1)
            {
                await connection.RunAsync(cancellationToken, "SELECT"u8.ToArray(), Utf8(_url.AbsolutePath[1..]));
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}

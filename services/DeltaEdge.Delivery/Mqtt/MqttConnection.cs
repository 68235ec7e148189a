using System.Globalization;

namespace DeltaEdge.Delivery.Mqtt;

/// <summary>
/// A publisher's connection to a broker, MQTT 3.1.1. One call at a time: each sends one packet and reads until its answer is there.
/// After any failure it is of no more use.
/// </summary>
internal sealed class MqttConnection(Stream stream) : IAsyncDisposable
{
    public const int KeepAliveSeconds = 60;

    /// <summary>Answers are a few bytes; a longer packet is not for a publisher.</summary>
    private const int LongestAnswer = 64 << 10;

    private ushort _packet;

    /// <exception cref="IOException">The broker refuses, or is none.</exception>
    public async Task OpenAsync(string clientId, string? user, string? password, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(MqttPackets.Connect(clientId, KeepAliveSeconds, user, password), cancellationToken);
        var answer = await ReadAsync(MqttPackets.ConnectAcknowledged, cancellationToken);
        if (answer is not [_, 0])
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The broker refuses the connection, code {(answer.Length == 2 ? answer[1] : -1)}."));
        }
    }

    /// <summary>Returns when the broker has taken the message over.</summary>
    public async Task PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken)
    {
        _packet = (ushort)(_packet == ushort.MaxValue ? 1 : _packet + 1);
        await stream.WriteAsync(MqttPackets.Publish(topic, _packet, payload), cancellationToken);
        while (await ReadAsync(MqttPackets.PublishAcknowledged, cancellationToken) is var answer && (answer.Length != 2 || (answer[0] << 8 | answer[1]) != _packet))
        {
        }
    }

    public async Task PingAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(MqttPackets.PingRequest, cancellationToken);
        await ReadAsync(MqttPackets.PingAnswer, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await stream.WriteAsync(MqttPackets.Disconnect, patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone already.
        }

        await stream.DisposeAsync();
    }

    /// <summary>The body of the next packet of a kind; others are passed over.</summary>
    private async Task<byte[]> ReadAsync(byte kind, CancellationToken cancellationToken)
    {
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            var found = one[0] >> 4;
            var length = 0;
            for (var shift = 0; ; shift += 7)
            {
                await stream.ReadExactlyAsync(one, cancellationToken);
                length |= (one[0] & 0x7f) << shift;
                if ((one[0] & 0x80) == 0)
                {
                    break;
                }

                if (shift > 14)
                {
                    throw new IOException("The broker sends what is not MQTT.");
                }
            }

            if (length > LongestAnswer)
            {
                throw new IOException("The broker sends what is not for a publisher.");
            }

            var body = new byte[length];
            await stream.ReadExactlyAsync(body, cancellationToken);
            if (found == kind)
            {
                return body;
            }
        }
    }
}

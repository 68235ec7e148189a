using System.Buffers.Binary;
using System.Text;

namespace DeltaEdge.Delivery.Mqtt;

/// <summary>The packets of MQTT 3.1.1 (OASIS standard) that a publisher sends.</summary>
internal static class MqttPackets
{
    public const byte ConnectAcknowledged = 2;
    public const byte PublishAcknowledged = 4;
    public const byte PingAnswer = 13;

    private const byte ProtocolLevel = 4;
    private const byte CleanSession = 0x02;
    private const byte WithPassword = 0x40;
    private const byte WithUser = 0x80;

    public static byte[] PingRequest { get; } = [0xc0, 0];

    public static byte[] Disconnect { get; } = [0xe0, 0];

    public static byte[] Connect(string clientId, int keepAliveSeconds, string? user, string? password)
    {
        var flags = (byte)(CleanSession | (user is null ? 0 : WithUser) | (password is null ? 0 : WithPassword));
        return Packet(0x10,
        [
            .. Text("MQTT"), ProtocolLevel, flags, (byte)(keepAliveSeconds >> 8), (byte)keepAliveSeconds,
            .. Text(clientId), .. user is null ? [] : Text(user), .. password is null ? [] : Text(password),
        ]);
    }

    /// <summary>A message at quality of service 1.</summary>
    public static byte[] Publish(string topic, ushort id, byte[] payload) => Packet(0x32, [.. Text(topic), (byte)(id >> 8), (byte)id, .. payload]);

    private static byte[] Packet(byte first, ReadOnlySpan<byte> rest)
    {
        Span<byte> length = stackalloc byte[4];
        var (count, left) = (0, rest.Length);
        do
        {
            length[count++] = (byte)((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
            left >>= 7;
        }
        while (left > 0);

        return [first, .. length[..count], .. rest];
    }

    private static byte[] Text(string text)
    {
        var bytes = new byte[2 + Encoding.UTF8.GetByteCount(text)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)(bytes.Length - 2)));
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(2));
        return bytes;
    }
}

namespace DeltaEdge.Core.Streams;

/// <summary>Wire names of the transports.</summary>
public static class StreamTransports
{
    public const string Allowed = "tcp, udp or auto";

    private static readonly string[] Names = ["tcp", "udp", "auto"];

    public static string Name(this StreamTransport transport) => Names[(int)transport];

    public static StreamTransport? Find(string name) => Array.IndexOf(Names, name) is >= 0 and var at ? (StreamTransport)at : null;
}

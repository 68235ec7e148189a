namespace DeltaEdge.Core.Streams;

/// <summary>How the media of an RTSP source travel. Lower-case names on the wire.</summary>
public enum StreamTransport
{
    /// <summary>Inside the RTSP connection: nothing is lost, and it passes firewalls.</summary>
    Tcp = 0,

    /// <summary>As datagrams: no waiting for what was lost.</summary>
    Udp = 1,

    /// <summary>TCP, or UDP where the camera does not offer it.</summary>
    Auto = 2,
}

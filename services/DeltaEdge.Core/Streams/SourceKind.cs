namespace DeltaEdge.Core.Streams;

/// <summary>Ways that frames come in; the scheme of a stream's source tells which.</summary>
public enum SourceKind
{
    /// <summary>A path. Of a video file, once it is opened.</summary>
    File = 0,

    /// <summary>http, https: MJPEG, HLS, MPEG-TS, MP4, whatever ffmpeg reads.</summary>
    Http = 1,

    /// <summary>rtsp, rtsps.</summary>
    Rtsp = 2,

    /// <summary>v4l2: a capture device of the worker's machine.</summary>
    Device = 3,

    /// <summary>push: frames are sent to the API.</summary>
    Push = 4,

    /// <summary>snapshot+http, snapshot+https: one image by GET, again and again.</summary>
    Snapshot = 5,

    /// <summary>synthetic: a drawn scene.</summary>
    Synthetic = 6,

    /// <summary>A path that turns out to be a folder of images.</summary>
    Folder = 7,
}

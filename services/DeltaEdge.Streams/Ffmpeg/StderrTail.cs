using System.Text;

namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>The end of a child's error output, however much it writes.</summary>
internal sealed class StderrTail
{
    private const int Kept = 4096;

    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Reads to the end, so that the child never blocks on a full pipe.</summary>
    public async Task PumpAsync(TextReader reader)
    {
        var buffer = new char[1024];
        int read;
        while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            Append(buffer.AsSpan(0, read));
        }
    }

    public void Append(ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            _text.Append(text);
            if (_text.Length > Kept)
            {
                _text.Remove(0, _text.Length - Kept);
            }
        }
    }
}

using System.Globalization;

namespace DeltaEdge.Delivery.Outbox;

/// <summary>
/// Messages of one target, oldest first, as append-only segment files with an index in memory. What is removed is only remembered
/// (in the file <c>head</c>); a segment goes when all of it is gone. Knows no bounds and no threads: its outbox does.
/// After a crash, a record that was not written whole ends its segment; a lost head means that messages come again. Damaged records are
/// skipped. A segment that cannot be read, or not all of it, is renamed once what could be read of it is gone, and nothing waits for it.
/// </summary>
internal sealed class SegmentLane : IDisposable
{
    /// <summary>What a segment that was set aside ends in.</summary>
    public const string LostExtension = ".lost";

    private const string Extension = ".seg";
    private const int SegmentLength = 4 << 20;

    private readonly string _folder;
    private readonly bool _flush;
    private readonly Action<OutboxLoss> _onLost;
    private readonly HashSet<string> _damaged = [];
    private readonly Queue<Entry> _entries = new();
    private readonly HeadFile _head;
    private FileStream? _writer;
    private FileStream? _reader;

    /// <param name="folder">Its files; made when it is first written to.</param>
    /// <param name="flush">Whether every message is forced to the disk itself, so that it survives a power cut and not just a crash.</param>
    /// <param name="now">Since when what is found waits.</param>
    /// <param name="onLost">Told of each message, and of each segment's unknown rest, that cannot be read.</param>
    public SegmentLane(string folder, bool flush, TimeSpan now, Action<OutboxLoss> onLost)
    {
        (_folder, _flush, _onLost, _head) = (folder, flush, onLost, new HeadFile(folder));
        foreach (var path in Segments())
        {
            Scan(path, now);
        }

        LastSequence = Math.Max(LastSequence, _head.Value);
    }

    public int Count => _entries.Count;

    public long Bytes { get; private set; }

    /// <summary>Highest sequence it has held.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Records found half written at the end of their segments.</summary>
    public int Torn { get; private set; }

    /// <summary>Sequence and time of the oldest message; null if there is none.</summary>
    public (long Sequence, DateTimeOffset CreatedAt)? Head => _entries.TryPeek(out var entry) ? (entry.Sequence, entry.CreatedAt) : null;

    /// <exception cref="IOException">The disk is full or gone; the message is not stored, and what was is untouched.</exception>
    public void Append(OutboxMessage message, byte[] record)
    {
        try
        {
            _writer ??= Create(message.Sequence);
            var offset = _writer.Position;
            _writer.Write(record);
            _writer.Flush(_flush);
            Add(new Entry(_writer.Name, offset, record.Length, message.Sequence, message.CreatedAt, message.WaitsSince));
            if (_writer.Position >= SegmentLength)
            {
                CloseWriter();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The segment may end in half a record: the next message begins another.
            CloseWriter();
            throw new IOException($"The outbox in {_folder} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Reads the oldest message; null if it cannot be read any more.</summary>
    public OutboxMessage? Read()
    {
        var entry = _entries.Peek();
        try
        {
            if (_reader?.Name != entry.Path)
            {
                _reader?.Dispose();
                _reader = new FileStream(entry.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            }

            var record = new byte[entry.Length];
            if (RandomAccess.Read(_reader.SafeFileHandle, record, entry.Offset) == record.Length
                && OutboxRecord.Read(record) is { } message)
            {
                return message with { WaitsSince = entry.WaitsSince };
            }

            Lose(entry.Path, Changed(entry.Offset));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Lose(entry.Path, e.Message);
        }

        return null;
    }

    /// <summary>Forgets the oldest message. Where that cannot be written down, it comes again after a restart.</summary>
    public void Remove()
    {
        var entry = _entries.Dequeue();
        Bytes -= entry.Length;
        _head.Set(entry.Sequence);
        if (entry.Path != _writer?.Name && (!_entries.TryPeek(out var next) || next.Path != entry.Path))
        {
            Discard(entry.Path);
        }
    }

    public void Dispose()
    {
        CloseWriter();
        _reader?.Dispose();
        _head.Dispose();
    }

    private static string Changed(long offset) => $"the record at byte {offset} is not what was written";

    private string[] Segments()
    {
        try
        {
            return Directory.Exists(_folder) ? [.. Directory.GetFiles(_folder, "*" + Extension).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Lose(_folder, e.Message);
            return [];
        }
    }

    private FileStream Create(long sequence)
    {
        PrivateFiles.CreateFolder(_folder);
        return PrivateFiles.Create(Path.Combine(_folder, sequence.ToString("D19", CultureInfo.InvariantCulture) + Extension));
    }

    private void Add(Entry entry)
    {
        LastSequence = Math.Max(LastSequence, entry.Sequence);
        _entries.Enqueue(entry);
        Bytes += entry.Length;
    }

    private void Scan(string path, TimeSpan now)
    {
        var before = _entries.Count;
        try
        {
            Scan(path, File.ReadAllBytes(path), now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Lose(path, e.Message);
        }

        if (_entries.Count == before)
        {
            Discard(path);
        }
    }

    private void Scan(string path, ReadOnlySpan<byte> segment, TimeSpan now)
    {
        var next = 0;
        for (var at = 0; at < segment.Length; at = next)
        {
            if (OutboxRecord.Read(segment[at..]) is { } message)
            {
                next = at + OutboxRecord.LengthOf(segment[at..]);
                LastSequence = Math.Max(LastSequence, message.Sequence);
                if (message.Sequence > _head.Value)
                {
                    Add(new Entry(path, at, next - at, message.Sequence, message.CreatedAt, now));
                }

                continue;
            }

            // A process that died left nothing behind what it was writing: records that follow say that this one was damaged later.
            next = OutboxRecord.FindNext(segment, at + 1);
            if (next == segment.Length && OutboxRecord.IsCutOff(segment[at..]))
            {
                Torn++;
            }
            else
            {
                Lose(path, Changed(at));
            }
        }
    }

    /// <summary>Gives up what cannot be read. Nothing more is written to the same segment.</summary>
    private void Lose(string path, string reason)
    {
        if (path == _writer?.Name)
        {
            CloseWriter();
        }

        _onLost(new OutboxLoss(Path.GetFileName(path), reason, IsFirst: _damaged.Add(path)));
    }

    private void CloseWriter()
    {
        var writer = _writer;
        _writer = null;
        try
        {
            writer?.Dispose();
        }
        catch (IOException)
        {
            // Nothing is buffered that was acknowledged.
        }

        if (writer is not null && _entries.All(e => e.Path != writer.Name))
        {
            Discard(writer.Name);
        }
    }

    /// <summary>Deletes a segment that all of is gone; a damaged one is set aside for whoever wants to look at it.</summary>
    private void Discard(string path)
    {
        if (_reader?.Name == path)
        {
            _reader.Dispose();
            _reader = null;
        }

        try
        {
            if (_damaged.Contains(path))
            {
                File.Move(path, path + LostExtension, overwrite: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left for the next start, which finds it behind the head, or damaged again.
        }
    }

    private readonly record struct Entry(string Path, long Offset, int Length, long Sequence, DateTimeOffset CreatedAt, TimeSpan WaitsSince);
}

using System.Buffers;
using System.IO.Pipelines;

namespace DeltaEdge.Gateway.Retries;

/// <summary>A request's body in memory from a pool, to be sent more than once.</summary>
internal sealed class KeptBody : IDisposable
{
    private readonly byte[] _bytes;
    private readonly int _length;

    private KeptBody(byte[] bytes, int length) => (_bytes, _length) = (bytes, length);

    /// <summary>Whether nobody can be reading it any more, so that its memory may go to another request.</summary>
    public bool IsDone { get; set; }

    /// <summary>
    /// Reads the body to its end. Null if it is longer than <paramref name="most"/> bytes or there is no memory left for it: all of it
    /// is still to be read then.
    /// </summary>
    /// <exception cref="BadHttpRequestException">The body came too slowly, ended early, or is longer than the server accepts.</exception>
    public static async Task<KeptBody?> ReadAsync(PipeReader body, int most, KeptMemory.Share memory, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            var fits = read.Buffer.Length <= most && memory.TryHold(read.Buffer.Length);
            if (fits && !read.IsCompleted)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var kept = fits ? Of(read.Buffer) : null;
            body.AdvanceTo(kept is null ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            return kept;
        }
    }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>The body from its beginning.</summary>
    public Stream Open() => new MemoryStream(_bytes, 0, _length, writable: false);

    public void Dispose()
    {
        if (IsDone)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }

    private static KeptBody Of(ReadOnlySequence<byte> body)
    {
        var bytes = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(bytes);
        return new(bytes, (int)body.Length);
    }
}

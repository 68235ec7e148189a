using System.Buffers;

namespace DeltaEdge.Gateway.Retries;

/// <summary>A request's body in memory from a pool, to be sent more than once.</summary>
internal sealed class KeptBody : IDisposable
{
    private readonly byte[] _bytes;
    private readonly int _length;

    private KeptBody(byte[] bytes, int length) => (_bytes, _length) = (bytes, length);

    /// <summary>Whether nobody can be reading it any more, so that its memory may go to another request.</summary>
    public bool IsDone { get; set; }

    /// <exception cref="BadHttpRequestException">The body came too slowly, or ended early.</exception>
    public static async Task<KeptBody> ReadAsync(HttpRequest request, int length, CancellationToken cancellationToken)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await request.Body.ReadExactlyAsync(bytes.AsMemory(0, length), cancellationToken);
            return new(bytes, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }
    }

    /// <summary>The body from its beginning.</summary>
    public Stream Open() => new MemoryStream(_bytes, 0, _length, writable: false);

    public void Dispose()
    {
        if (IsDone)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}

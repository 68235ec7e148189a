namespace DeltaEdge.Worker.Edge;

/// <summary>A request's body in memory of its own: what comes from the shared pool goes back there and stays, as long as the longest.</summary>
internal static class WholeBody
{
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length)
        {
            var bytes = GC.AllocateUninitializedArray<byte>((int)length);
            await request.Body.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }

        using var grown = new MemoryStream();
        await request.Body.CopyToAsync(grown, cancellationToken);
        return grown.GetBuffer().AsMemory(0, (int)grown.Length);
    }
}

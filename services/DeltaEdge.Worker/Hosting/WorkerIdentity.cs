namespace DeltaEdge.Worker.Hosting;

/// <summary>Who this worker is to others. Its address is known once the server listens.</summary>
internal sealed class WorkerIdentity(WorkerOptions options)
{
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string WorkerId { get; } = options.Id.Length > 0 ? options.Id : $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>Base address that gateways forward to; null before the server listens.</summary>
    public string? Address => _address.Task.IsCompletedSuccessfully ? _address.Task.Result : null;

    public Task WaitForAddressAsync(CancellationToken cancellationToken) => _address.Task.WaitAsync(cancellationToken);

    /// <param name="listening">Where the server listens; others are told that unless the options name another address.</param>
    public void SetListening(string listening) => _address.TrySetResult(options.AdvertisedAddress.Length > 0 ? options.AdvertisedAddress : listening);
}

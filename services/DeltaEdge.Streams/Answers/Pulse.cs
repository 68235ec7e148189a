namespace DeltaEdge.Streams.Answers;

/// <summary>
/// Wakes everyone who waits. Take <see cref="Next"/> before looking at the state it guards: a change between the look and the wait
/// then still wakes.
/// </summary>
internal sealed class Pulse
{
    private TaskCompletionSource _next = Create();

    public Task Next => Volatile.Read(ref _next).Task;

    public void Fire() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

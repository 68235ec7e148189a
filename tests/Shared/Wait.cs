namespace DeltaEdge.Tests;

/// <summary>For what gives no signal: asks again and again within a limit whose message says what was seen last.</summary>
internal static class Wait
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(20);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? limit = null)
    {
        var patience = limit ?? Limit;
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < patience, $"Waited {patience.TotalSeconds:F0} s for {what()}.");
            await Task.Delay(Probe, TimeProvider.System);
        }

        return TimeProvider.System.GetElapsedTime(began);
    }

    public static Task<TimeSpan> UntilAsync(Func<bool> condition, Func<string> what, TimeSpan? limit = null) =>
        UntilAsync(() => Task.FromResult(condition()), what, limit);

    /// <summary>Lets a stretch of time pass under load or a fault: the length is what is being tested.</summary>
    public static Task ForAsync(TimeSpan length) => Task.Delay(length, TimeProvider.System);
}

using Microsoft.Extensions.Primitives;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>Waits with a limit whose message says what was waited for and what was there instead.</summary>
internal static class Wait
{
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(10);

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>For what gives no signal: asks again and again.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < limit, $"Waited {limit.TotalSeconds:F0} s for {what()}.");
            await Task.Delay(Probe, TimeProvider.System);
        }
    }

    public static Task UntilAsync(Func<bool> condition, Func<string> what) => UntilAsync(() => Task.FromResult(condition()), Limit, what);

    /// <summary>Waits for a change token to fire until the condition holds.</summary>
    public static Task UntilChangedAsync(Func<IChangeToken> token, Func<bool> condition, Func<string> what) =>
        UntilToldAsync(token, () => Task.FromResult(condition()), what);

    /// <summary>The same for a condition that has to be asked for.</summary>
    public static async Task UntilToldAsync(Func<IChangeToken> token, Func<Task<bool>> condition, Func<string> what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = token().RegisterChangeCallback(static s => ((TaskCompletionSource)s!).TrySetResult(), fired);
            if (await condition())
            {
                return;
            }

            var left = Limit - TimeProvider.System.GetElapsedTime(start);
            var inTime = left > TimeSpan.Zero && await Task.WhenAny(fired.Task, Task.Delay(left, TimeProvider.System)) == fired.Task;
            Assert.True(inTime || await condition(), $"Waited {Limit.TotalSeconds:F0} s to be told of {what()}.");
        }
    }
}

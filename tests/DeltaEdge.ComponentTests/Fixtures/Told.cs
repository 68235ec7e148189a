using Microsoft.Extensions.Primitives;

namespace DeltaEdge.ComponentTests.Fixtures;

/// <summary>Waits for change tokens, with a limit whose message says what was waited for.</summary>
internal static class Told
{
    /// <summary>Waits for a change token to fire until the condition holds.</summary>
    public static Task UntilAsync(Func<IChangeToken> token, Func<bool> condition, Func<string> what) =>
        UntilAsync(token, () => Task.FromResult(condition()), what);

    /// <summary>The same for a condition that has to be asked for.</summary>
    public static async Task UntilAsync(Func<IChangeToken> token, Func<Task<bool>> condition, Func<string> what)
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

            var left = Wait.Limit - TimeProvider.System.GetElapsedTime(start);
            var inTime = left > TimeSpan.Zero && await Task.WhenAny(fired.Task, Task.Delay(left, TimeProvider.System)) == fired.Task;
            Assert.True(inTime || await condition(), $"Waited {Wait.Limit.TotalSeconds:F0} s to be told of {what()}.");
        }
    }
}

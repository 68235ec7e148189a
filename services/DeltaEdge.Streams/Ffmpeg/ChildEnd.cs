namespace DeltaEdge.Streams.Ffmpeg;

/// <summary>How long the end of a child is waited for. One that hangs in the kernel, on a dead disk or device, outlives being killed.</summary>
internal static class ChildEnd
{
    /// <summary>Twice: for an end by itself, and for the end of a killed one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits, kills what lingers, and waits again; false if it is there even then.</summary>
    /// <param name="exit">Its exit.</param>
    /// <param name="silence">Its exit, and the end of what it and its own children say.</param>
    /// <param name="kill">Kills it.</param>
    /// <param name="time">Times the patience.</param>
    public static async Task<bool> WaitAsync(Task exit, Task silence, Action kill, TimeProvider time)
    {
        if (await IsOverAsync(silence, time).ConfigureAwait(false))
        {
            return true;
        }

        kill();
        return await IsOverAsync(exit, time).ConfigureAwait(false);
    }

    private static async Task<bool> IsOverAsync(Task end, TimeProvider time)
    {
        try
        {
            await end.WaitAsync(Patience, time).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

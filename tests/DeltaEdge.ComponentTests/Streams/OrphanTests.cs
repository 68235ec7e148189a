using System.Diagnostics;

namespace DeltaEdge.ComponentTests.Streams;

public sealed class OrphanTests : IDisposable
{
    private readonly ClipFolder _clips = new();

    /// <summary>A reader that is stopped writes nothing and so never finds its pipe closed: only the kernel can end it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParentKilledHard_TakesItsReaderWithIt(bool isStalled)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var clip = _clips.Numbered("orphan.mp4", fps: 30, frames: 20);
        using var parent = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "DeltaEdge.ComponentTests"))
        {
            RedirectStandardOutput = true,
            Environment = { [OrphanHost.Variable] = clip },
        })!;
        try
        {
            Assert.Equal(OrphanHost.Ready, await parent.StandardOutput.ReadLineAsync(patience.Token));
            using var child = Process.GetProcessById(Assert.Single(ChildProcesses.Reading(clip)));
            if (isStalled)
            {
                await ChildProcesses.SignalAsync(child.Id, "STOP");
            }

            parent.Kill();
            await child.WaitForExitAsync(patience.Token);
        }
        finally
        {
            parent.Kill();
        }
    }

    public void Dispose() => _clips.Dispose();
}

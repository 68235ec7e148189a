using System.Runtime.CompilerServices;

namespace DeltaEdge.ComponentTests.Streams;

/// <summary>
/// Lets this test program be started again as a process that only captures a clip, to be killed. Started with
/// <see cref="Variable"/> naming a clip it prints a line once frames come, and then captures for ever.
/// </summary>
internal static class OrphanHost
{
    public const string Variable = "DELTAEDGE_TEST_CAPTURE_ONLY";
    public const string Ready = "capturing";

#pragma warning disable CA2255 // The only way to run before the test framework's own Main.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } clip)
        {
            Capture(clip);
        }
    }

    // On this thread alone: until the initializer returns, others wait before they run anything of this assembly.
    private static void Capture(string clip)
    {
        var host = new StreamsHost(Path.GetDirectoryName(clip)!);
        var source = host.Sources.OpenAsync(StreamsHost.Spec("orphan", clip), _ => { }, CancellationToken.None).AsTask().GetAwaiter().GetResult().Source!;
        var pixels = new byte[ClipFolder.Side * ClipFolder.Side * 3];
        for (var isFirst = true; ; isFirst = false)
        {
            source.ReadAsync(pixels, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            if (isFirst)
            {
                Console.WriteLine(Ready);
            }
        }
    }
}

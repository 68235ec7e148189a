using System.Diagnostics;

namespace DeltaEdge.Cli.Roles;

/// <summary>
/// Ends this process when its standard input ends. The parent holds the other end and never writes, so that happens when it is gone,
/// whatever killed it; there is nobody left to drain for.
/// </summary>
internal static class ParentWatch
{
    public static void Start() => new Thread(Watch) { IsBackground = true, Name = "parent watch" }.Start();

    private static void Watch()
    {
        using var input = Console.OpenStandardInput();
        var nothing = new byte[64];
        while (input.Read(nothing) > 0)
        {
            // Whatever comes is of no interest; only the end is.
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}

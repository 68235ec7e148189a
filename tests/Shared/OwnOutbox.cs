using System.Runtime.CompilerServices;

namespace DeltaEdge.Tests;

/// <summary>Workers that a suite starts keep what waits for targets in a folder of its own, gone with it: never in the developer's, where real alerts may wait.</summary>
internal static class OwnOutbox
{
    [ModuleInitializer]
    internal static void Choose()
    {
        var folder = Directory.CreateTempSubdirectory("deltaedge-outbox-").FullName;
        Environment.SetEnvironmentVariable("DeltaEdge__Delivery__Directory", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}

using System.Runtime.InteropServices;

namespace DeltaEdge.Inference.Memory;

/// <summary>
/// Gives back to the system what an engine that was disposed has left. Its caches are large pinned arrays, which only a full collection frees;
/// ONNX Runtime's blocks come from malloc, and glibc keeps freed ones for itself.
/// </summary>
public static class FreedMemory
{
    private delegate int Trim(nuint pad); // int malloc_trim(size_t pad)

    // Looked up by name, for other C libraries have none: musl's and Apple's give large blocks back by themselves.
    private static readonly Trim? MallocTrim =
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "malloc_trim", out var address) ? Marshal.GetDelegateForFunctionPointer<Trim>(address) : null;

    /// <summary>Stops the process's threads for the length of two collections; to be called off the path of requests.</summary>
    public static void GiveBack()
    {
        Collect();
        GC.WaitForPendingFinalizers();
        Collect(); // what finalizers have let go of
        MallocTrim?.Invoke(0);
    }

    private static void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}

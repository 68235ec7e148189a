using System.Runtime.InteropServices;

namespace DeltaEdge.Evaluation.Oracle.Native;

/// <summary>A model of the solver's.</summary>
internal sealed class ClpHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Clp.DeleteModel(handle);
        return true;
    }
}

namespace DeltaEdge.Evaluation.Oracle;

/// <summary>The slots between a frame's capture and its deadline.</summary>
/// <param name="CapturedAt">Seconds.</param>
/// <param name="Deadline">Seconds.</param>
/// <param name="SlotSeconds">Length of a slot.</param>
/// <param name="First">First slot that it reaches into.</param>
/// <param name="Last">Last one.</param>
internal readonly record struct SlotWindow(double CapturedAt, double Deadline, double SlotSeconds, int First, int Last)
{
    /// <summary>Seconds that are lost in adding up fractions: a frame that fills its window to the last moment still fits.</summary>
    public const double Dust = 1e-9;

    /// <summary>Whether so many seconds of one engine fit in.</summary>
    public bool Holds(double seconds) => seconds <= Deadline - CapturedAt + Dust;

    /// <summary>Seconds of the window in a slot. A frame is at one worker, so it gets no more of a slot than this.</summary>
    public double Room(int slot) => Math.Min(Deadline, (slot + 1) * SlotSeconds) - Math.Max(CapturedAt, slot * SlotSeconds);
}

namespace DeltaEdge.Evaluation.Figures;

/// <param name="Minute">Since the begin.</param>
/// <param name="ResidentMiB">Resident memory.</param>
/// <param name="ManagedMiB">Managed heap after the last collection; NaN where it is not known.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Children">Child processes.</param>
public sealed record SoakPoint(double Minute, double ResidentMiB, double ManagedMiB, double Handles, double Threads, double Children);

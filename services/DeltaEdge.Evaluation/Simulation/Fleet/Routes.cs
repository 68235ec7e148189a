namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>All frames of a run by the worker that they go to, each worker's in order of time.</summary>
/// <param name="frames">Worker after worker.</param>
/// <param name="first">By worker: where its frames begin; one more at the end.</param>
/// <param name="clients">Frames of clients, in order of time: where they go is decided when they come.</param>
/// <param name="nowhere">Arrivals that came while no worker was known.</param>
internal sealed class Routes(FrameAt[] frames, int[] first, IReadOnlyList<FrameAt> clients, IReadOnlyList<int> nowhere)
{
    public IReadOnlyList<FrameAt> Clients => clients;

    public IReadOnlyList<int> Nowhere => nowhere;

    public ReadOnlyMemory<FrameAt> Of(int worker) => frames.AsMemory(first[worker], first[worker + 1] - first[worker]);
}

using DeltaEdge.Core.Routing;

namespace DeltaEdge.Evaluation.Simulation.Fleet;

/// <summary>The side that sends clients' asks.</summary>
internal interface IClientAsks
{
    /// <summary>A worker is done with an ask.</summary>
    /// <param name="record">Index of its record.</param>
    /// <param name="ticket">With which it was sent.</param>
    /// <param name="lost">Whether the worker is gone.</param>
    /// <returns>Whether another worker will be asked, so that this is not its end.</returns>
    bool Ended(int record, AskTicket ticket, bool lost);
}

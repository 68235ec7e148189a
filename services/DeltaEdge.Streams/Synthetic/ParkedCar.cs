namespace DeltaEdge.Streams.Synthetic;

/// <param name="Row">From the top, 0 to 2.</param>
/// <param name="Slot">From the left, 0 to 4.</param>
/// <param name="Paint">Its colour's name.</param>
internal readonly record struct ParkedCar(int Row, int Slot, string Paint);

namespace DeltaEdge.Streams.Synthetic;

/// <summary>A scene that is a function of time: what is drawn, and what is true about it.</summary>
internal interface ISyntheticScene
{
    /// <summary>What can be asked about at a time, seconds.</summary>
    SceneTruth TruthAt(double seconds);

    /// <summary>Draws the scene at that time over the whole canvas.</summary>
    /// <returns>The light: 1 for noon.</returns>
    double Draw(Canvas canvas, double seconds);
}

namespace DeltaEdge.Cli.Up;

/// <summary>The four cameras of the demonstration: sample clips that loop in real time, what is asked of them, and their SLA class.</summary>
internal static class DemoCameras
{
    public static readonly DemoCamera[] All =
    [
        new("carpark", "carpark.mp4", "priority", ["How many cars are there?", "Is there a red car?", "Where is the red car?"]),
        new("junction", "junction.mp4", "priority", ["What colour is the traffic light?", "Is anyone on the crossing?"]),
        new("shelf", "shelf.mp4", "default", ["How many boxes are there?", "Which row is the yellow box on?"]),
        new("panel", "panel.mp4", "default", ["What does the display show?", "How many lamps are on?"]),
    ];
}

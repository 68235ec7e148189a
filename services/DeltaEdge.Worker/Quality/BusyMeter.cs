namespace DeltaEdge.Worker.Quality;

/// <summary>Share of the last second that the engine worked, from readings of its running total. For one caller.</summary>
internal sealed class BusyMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Queue<(TimeSpan At, double BusySeconds)> _readings = new();
    private double _last;

    /// <summary>Takes a reading. 1 until there is one that is a window old: nothing is known yet, as with an engine that has just taken another's place.</summary>
    public double Read(TimeSpan now, double busySeconds)
    {
        if (busySeconds < _last)
        {
            _readings.Clear();
        }

        _last = busySeconds;
        _readings.Enqueue((now, busySeconds));
        var first = _readings.Peek();
        if (now - first.At < Window)
        {
            return 1;
        }

        while (_readings.Count > 1 && now - _readings.ElementAt(1).At >= Window)
        {
            _readings.Dequeue();
        }

        first = _readings.Peek();
        return Math.Clamp((busySeconds - first.BusySeconds) / (now - first.At).TotalSeconds, 0, 1);
    }
}

namespace DeltaEdge.Evaluation.Figures;

/// <summary>Finds room for labels beside their points, so that none covers another or a marker.</summary>
/// <param name="left">Of the area that labels may use, pixels.</param>
/// <param name="top">Of the area.</param>
/// <param name="right">Of the area.</param>
/// <param name="bottom">Of the area.</param>
public sealed class LabelPlacer(double left, double top, double right, double bottom)
{
    private static readonly (double X, double Y)[] Directions =
    [
        (1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1),
        (1, -0.5), (-1, -0.5), (1, 0.5), (-1, 0.5), (0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1),
    ];
    private readonly List<LabelBox> _markers = [];
    private readonly List<LabelBox> _labels = [];
    private readonly List<((double X, double Y) From, (double X, double Y) To)> _leaders = [];

    /// <summary>Keeps labels off an area, such as a marker; lines that lead to labels may cross it.</summary>
    public void Block(LabelBox box) => _markers.Add(box);

    /// <summary>
    /// The free place nearest to a point for a label of this size, which is then taken together with the straight line that leads
    /// there; null if there is none nearby.
    /// </summary>
    /// <param name="x">Of the point.</param>
    /// <param name="y">Of the point.</param>
    /// <param name="width">Of the label.</param>
    /// <param name="height">Of the label.</param>
    /// <param name="radius">Of the point's marker.</param>
    public LabelBox? Place(double x, double y, double width, double height, double radius)
    {
        for (var ring = 0; ring < 9; ring++)
        {
            var away = radius + 4 + (ring * 9);
            foreach (var (dx, dy) in Directions)
            {
                var centreX = x + (dx * (away + (width / 2)));
                var centreY = y + (dy * (away + (height / 2) - (dx == 0 ? 0 : 4)));
                var box = new LabelBox(centreX - (width / 2), centreY - (height / 2), width, height);
                var leader = (From: (x, y), To: box.Nearest(x, y));
                if (IsFree(box) && !_labels.Exists(l => l.IsCrossedBy(leader.From, leader.To)))
                {
                    _labels.Add(box);
                    _leaders.Add(leader);
                    return box;
                }
            }
        }

        return null;
    }

    /// <summary>Positions as near as may be to those wanted, in their order, at least <paramref name="gap"/> apart where low..high has room for that.</summary>
    public static double[] Spread(IReadOnlyList<double> wanted, double gap, double low, double high)
    {
        var order = Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]).ToArray();
        var apart = Math.Min(gap, (high - low) / Math.Max(1, wanted.Count - 1));
        var placed = new double[wanted.Count];
        for (var i = 0; i < order.Length; i++)
        {
            placed[order[i]] = Math.Max(Math.Clamp(wanted[order[i]], low, high), i == 0 ? low : placed[order[i - 1]] + apart);
        }

        var limit = high;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            placed[order[i]] = Math.Min(placed[order[i]], limit);
            limit = placed[order[i]] - apart;
        }

        return placed;
    }

    private bool IsFree(LabelBox box) =>
        box.X >= left && box.Y >= top && box.X + box.Width <= right && box.Y + box.Height <= bottom
        && !_labels.Exists(box.Meets) && !_markers.Exists(box.Meets) && !_leaders.Exists(l => box.IsCrossedBy(l.From, l.To));
}

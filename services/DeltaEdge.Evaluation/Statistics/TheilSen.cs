namespace DeltaEdge.Evaluation.Statistics;

/// <summary>
/// A trend that single outliers cannot bend: the median of the slopes between all pairs of points (Theil, 1950; Sen, 1968). Up to 29 %
/// of the points may be arbitrary.
/// </summary>
public static class TheilSen
{
    /// <summary>Change of y per unit of x; NaN if there are not two points with different x.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        var slopes = new List<double>(points.Count * (points.Count - 1) / 2);
        for (var i = 0; i < points.Count; i++)
        {
            for (var j = i + 1; j < points.Count; j++)
            {
                if (points[i].X != points[j].X)
                {
                    slopes.Add((points[j].Y - points[i].Y) / (points[j].X - points[i].X));
                }
            }
        }

        if (slopes.Count == 0)
        {
            return double.NaN;
        }

        slopes.Sort();
        var middle = slopes.Count / 2;
        return slopes.Count % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    }
}

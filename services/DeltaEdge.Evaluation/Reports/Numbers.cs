using System.Globalization;

namespace DeltaEdge.Evaluation.Reports;

/// <summary>Numbers as tables print them: a dash where nothing is known, never a minus before zero.</summary>
public static class Numbers
{
    public const string Unknown = "–";

    /// <summary>With a fixed count of decimals; "never" if infinite, a dash if NaN.</summary>
    public static string Fixed(double value, int decimals) =>
        double.IsNaN(value) ? Unknown
        : double.IsInfinity(value) ? "never"
        : (Math.Round(value, decimals, MidpointRounding.AwayFromZero) + 0d).ToString("f" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A share, 0 to 1, in percent without its sign.</summary>
    public static string Percent(double share, int decimals = 1) => double.IsFinite(share) ? Fixed(share * 100, decimals) : Unknown;

    /// <summary>A difference of shares in percentage points, with its sign.</summary>
    public static string Points(double difference)
    {
        var text = Percent(difference, 2);
        return difference > 0 && text is not ("0.00" or Unknown) ? "+" + text : text;
    }

    /// <summary>Seconds in whole milliseconds.</summary>
    public static string Milliseconds(double seconds) => double.IsFinite(seconds) ? Fixed(seconds * 1000, 0) : Unknown;
}

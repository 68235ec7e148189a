using System.Globalization;

namespace DeltaEdge.Evaluation.Workloads;

/// <summary>Reads the numbers in a workload's name: <c>w2-cv4-rho3</c> is family <c>w2</c> with cv 4 and rho 3.</summary>
internal static class WorkloadName
{
    /// <summary>
    /// The numbers that follow the given labels, in the labels' order. Null if the name is not the family's, or anything else is in
    /// it. A label that is left out takes the place's default; a default of null makes the label needed.
    /// </summary>
    public static double[]? Numbers(string name, string family, params ReadOnlySpan<(string Label, double? Default)> parts)
    {
        if (!name.StartsWith(family, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = name.AsSpan(family.Length);
        var numbers = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var label = $"-{parts[i].Label}";
            if (rest.StartsWith(label, StringComparison.Ordinal) && TakeNumber(ref rest, label.Length) is { } number)
            {
                numbers[i] = number;
            }
            else if (parts[i].Default is { } usual)
            {
                numbers[i] = usual;
            }
            else
            {
                return null;
            }
        }

        return rest.IsEmpty ? numbers : null;
    }

    private static double? TakeNumber(ref ReadOnlySpan<char> rest, int skip)
    {
        var digits = rest[skip..];
        var dash = digits.IndexOf('-');
        digits = dash < 0 ? digits : digits[..dash];
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number <= 0 || !double.IsFinite(number))
        {
            return null;
        }

        rest = rest[(skip + digits.Length)..];
        return number;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace DeltaEdge.Core.Rules;

/// <summary>The first number that an answer names: in digits, or in words up to twenty. "none" is 0.</summary>
public static partial class AnswerNumber
{
    private static readonly string[] Words =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];

    /// <summary>Null if it names none. The decimal mark is a point; commas between groups of three digits are skipped.</summary>
    public static double? In(string answer)
    {
        foreach (var match in Candidates().EnumerateMatches(answer))
        {
            var text = answer.AsSpan(match.Index, match.Length);
            if (double.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            {
                return 0;
            }

            for (var value = 0; value < Words.Length; value++)
            {
                if (text.Equals(Words[value], StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }
        }

        return null;
    }

    // A number in digits that does not end a word or another number ("B12", "1.2.3" give their first), or a word.
    [GeneratedRegex(@"(?<![\w.])-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|[A-Za-z]+")]
    private static partial Regex Candidates();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace DeltaEdge.Core.Rules;

/// <summary>
/// The first number that an answer names: in digits, or in words up to ninety-nine. "none", "nobody" and "no one" are 0, and so is
/// "no" before what is counted ("There are no cars") if no number follows it. "No" that answers a question ("No", "No, there is one
/// car", "No it is not") is no number, nor is "no idea". A larger number in words ("one hundred", "3 million", "a dozen") is not read
/// at all rather than wrongly.
/// </summary>
public static partial class AnswerNumber
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>Null if it names none. The decimal mark is a point; commas between groups of three digits are skipped.</summary>
    public static double? In(string answer)
    {
        var saysNo = false;
        foreach (Match match in Candidates().Matches(answer.ToLowerInvariant()))
        {
            var groups = match.Groups;
            if (groups["large"].Success)
            {
                return null;
            }

            if (groups["digits"].Success)
            {
                return double.Parse(groups["digits"].ValueSpan, NumberStyles.Number, CultureInfo.InvariantCulture);
            }

            if (!groups["no"].Success)
            {
                return (10 * Array.IndexOf(Tens, groups["tens"].Value)) + Math.Max(0, Array.IndexOf(Small, groups["small"].Value)); // Neither: "none".
            }

            saysNo = true;
        }

        return saysNo ? 0 : null;
    }

    // Digits do not end a word or another number: "B12" has none, "1.2.3" gives its first.
    [GeneratedRegex(
        """
        ( (?<digits> (?<![\w.]) -? ([0-9]{1,3}(,[0-9]{3})+|[0-9]+) (\.[0-9]+)? )
        | \b ( none | nobody | no[-\s]one
             | (?<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) ([-\s](?<small>one|two|three|four|five|six|seven|eight|nine))?
             | (?<small>zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen)
             | (?<no>no) (?=\s+(?!(there|it|they|this|that|the|idea|doubt|way)\b)[a-z]) ) \b
        ) (?<large>[-\s]+(hundred|thousand|million|dozen)s?\b)?
        | \b(?<large>(hundred|thousand|million|dozen)s?)\b
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Candidates();
}

using System.Text.RegularExpressions;

namespace DeltaEdge.Core.Questions;

/// <summary>Tells by its English wording whether a question is about time: its answer may change though the picture does not.</summary>
public static partial class TimeQuestion
{
    public static bool Is(string question) => Words().IsMatch(question);

    [GeneratedRegex(
        @"\b(how (long|fast|slow|often|soon|recently)|when|since|until|ago|times?|clock|o'clock|timer|seconds?|minutes?|hours?|duration"
        + @"|mov(e|es|ed|ing|ement)|motion|speed|speeding|fast|faster|slow|slower|stopp(ed|ing)|halted|waiting|parked for"
        + @"|chang(e|es|ed|ing)|differ(s|ent|ence) (from|than) before|appeared|disappeared|arrived|arriving|entered|left yet|has left|have left|just left"
        + @"|again|already|yet|still|before|earlier|last|previous(ly)?|recent(ly)?|anymore|any more|new|gone)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}

using DeltaEdge.Core.Rules;

namespace DeltaEdge.UnitTests.Core.Rules;

public sealed class AnswerNumberTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("Three.", 3)]
    [InlineData("There are twelve boxes", 12)]
    [InlineData("-2.5 °C", -2.5)]
    [InlineData("21°C", 21)]
    [InlineData("1,200 people", 1200)]
    [InlineData("45%", 45)]
    [InlineData("none", 0)]
    [InlineData("top row, slot 2", 2)]
    [InlineData("two of 5", 2)]
    public void FirstNumber_IsRead(string answer, double number) => Assert.Equal(number, AnswerNumber.In(answer));

    [Theory]
    [InlineData("yes")]
    [InlineData("")]
    [InlineData("someone")]
    [InlineData("B12")]
    public void AnswerWithoutNumber_HasNone(string answer) => Assert.Null(AnswerNumber.In(answer));
}

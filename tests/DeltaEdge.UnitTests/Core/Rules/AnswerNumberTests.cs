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
    [InlineData("Twenty-one cars", 21)]
    [InlineData("ninety nine", 99)]
    [InlineData("Forty.", 40)]
    [InlineData("one-way street", 1)]
    [InlineData("No one is there", 0)]
    [InlineData("Nobody is at door 2", 0)]
    [InlineData("None of the 5 slots is free", 0)]
    [InlineData("There are no cars", 0)]
    [InlineData("No cars.", 0)]
    [InlineData("There are no more than 3 cars", 3)]
    [InlineData("No, there is one car", 1)]
    [InlineData("No there are two cars", 2)]
    public void FirstNumber_IsRead(string answer, double number) => Assert.Equal(number, AnswerNumber.In(answer));

    [Theory]
    [InlineData("yes")]
    [InlineData("")]
    [InlineData("someone")]
    [InlineData("B12")]
    [InlineData("No")]
    [InlineData("No.")]
    [InlineData("No, there are cars")]
    [InlineData("No it is closed")]
    [InlineData("I have no idea")]
    [InlineData("one hundred people")]
    [InlineData("A hundred and five people")]
    [InlineData("one-hundred-and-five")]
    [InlineData("3 million")]
    [InlineData("two dozen boxes, 24")]
    [InlineData("hundreds of people")]
    public void AnswerWithoutNumber_HasNone(string answer) => Assert.Null(AnswerNumber.In(answer));
}

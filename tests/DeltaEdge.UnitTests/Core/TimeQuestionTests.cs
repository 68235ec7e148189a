using DeltaEdge.Core.Questions;

namespace DeltaEdge.UnitTests.Core;

public sealed class TimeQuestionTests
{
    [Theory]
    [InlineData("How long has the truck been there?")]
    [InlineData("Is the red car moving?")]
    [InlineData("What is the speed of the train?")]
    [InlineData("Has anything changed?")]
    [InlineData("Who has been here since noon?")]
    [InlineData("When did the gate open?")]
    [InlineData("Is the car STILL there?")]
    [InlineData("What time is it?")]
    public void QuestionAboutTime_IsOne(string question) => Assert.True(TimeQuestion.Is(question));

    [Theory]
    [InlineData("How many cars are there?")]
    [InlineData("Is there a red car in the left row?")]
    [InlineData("What does the display show?")]
    [InlineData("Which shelf is empty?")]
    [InlineData("Is someone on the crossing?")]
    [InlineData("What is the name of the renewal office?")]
    public void QuestionAboutThePicture_IsNone(string question) => Assert.False(TimeQuestion.Is(question));
}

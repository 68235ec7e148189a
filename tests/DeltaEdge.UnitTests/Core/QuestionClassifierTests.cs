using DeltaEdge.Core.Questions;

namespace DeltaEdge.UnitTests.Core;

public sealed class QuestionClassifierTests
{
    [Theory]
    [InlineData("How many cars are there?", QuestionKind.Count)]
    [InlineData("  how many red boxes are on the shelf?", QuestionKind.Count)]
    [InlineData("Count the pedestrians.", QuestionKind.Count)]
    [InlineData("What is the number of free places?", QuestionKind.Count)]
    [InlineData("Is there a red car?", QuestionKind.YesNo)]
    [InlineData("Are there any pedestrians?", QuestionKind.YesNo)]
    [InlineData("Could a lorry park here?", QuestionKind.YesNo)]
    [InlineData("DOES the light show green?", QuestionKind.YesNo)]
    [InlineData("Is the text readable?", QuestionKind.YesNo)]
    [InlineData("What colour is the lamp?", QuestionKind.Attribute)]
    [InlineData("Which color does the signal show?", QuestionKind.Attribute)]
    [InlineData("What is on the left?", QuestionKind.Attribute)]
    [InlineData("Where is the blue van?", QuestionKind.Where)]
    [InlineData("Which row holds the red box?", QuestionKind.Where)]
    [InlineData("What does the display show?", QuestionKind.Read)]
    [InlineData("Read the number plate.", QuestionKind.Read)]
    [InlineData("What is written on the sign?", QuestionKind.Read)]
    [InlineData("Describe the scene.", QuestionKind.Describe)]
    [InlineData("What is happening?", QuestionKind.Describe)]
    [InlineData("What kind of scene is this?", QuestionKind.Scene)]
    [InlineData("Tell me.", QuestionKind.Other)]
    [InlineData("", QuestionKind.Other)]
    [InlineData("¿Cuántos coches hay?", QuestionKind.Other)]
    public void Wording_GivesTheKind(string question, QuestionKind kind) => Assert.Equal(kind, QuestionClassifier.Classify(question));

    [Fact]
    public void EveryKind_HasANameThatReadsBack() => Assert.All(Enum.GetValues<QuestionKind>(), kind =>
    {
        Assert.True(QuestionKinds.TryParse(kind.Name(), out var back));
        Assert.Equal(kind, back);
    });
}

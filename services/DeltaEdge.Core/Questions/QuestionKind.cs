namespace DeltaEdge.Core.Questions;

/// <summary>What a question asks for; kinds differ in how many visual tokens they need. Wire names: <see cref="QuestionKinds"/>.</summary>
public enum QuestionKind
{
    Other = 0,
    YesNo = 1,
    Attribute = 2,
    Count = 3,
    Where = 4,
    Read = 5,
    Describe = 6,
    Scene = 7,
}

using DeltaEdge.Evaluation.Simulation.Engine;

namespace DeltaEdge.UnitTests.Evaluation.Simulation;

public sealed class RecentKeysTests
{
    [Fact]
    public void Full_TheLeastRecentlyUsedGoes()
    {
        var keys = new RecentKeys(3);
        foreach (var key in (UInt128[])[1, 2, 3])
        {
            keys.Add(key);
        }

        keys.Touch(1);
        keys.Add(2);
        keys.Add(4);

        Assert.Equal([true, true, false, true], ((UInt128[])[1, 2, 3, 4]).Select(keys.Contains));
    }

    [Fact]
    public void Touch_OfWhatIsNotHere_AddsNothing()
    {
        var keys = new RecentKeys(1);
        keys.Add(1);

        keys.Touch(2);

        Assert.True(keys.Contains(1) && !keys.Contains(2));
    }
}

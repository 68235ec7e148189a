using DeltaEdge.Imaging.Hashing;

namespace DeltaEdge.UnitTests.Imaging;

public sealed class ContentKeyTests
{
    [Fact]
    public void SameBytes_SameKey() => Assert.Equal(ContentKey.Of([1, 2, 3]), ContentKey.Of([1, 2, 3]));

    [Fact]
    public void OneBitOff_AnotherKey() => Assert.NotEqual(ContentKey.Of([1, 2, 3]), ContentKey.Of([1, 2, 2]));

    [Fact]
    public void EveryBitOfTheKey_DependsOnTheFile()
    {
        var (any, all) = (UInt128.Zero, UInt128.MaxValue);
        for (byte i = 0; i < 100; i++)
        {
            any |= ContentKey.Of([i]);
            all &= ContentKey.Of([i]);
        }

        Assert.Equal((UInt128.MaxValue, UInt128.Zero), (any, all));
    }
}

using DeltaEdge.Core.Models;
using DeltaEdge.Inference.Memory;

namespace DeltaEdge.UnitTests.Inference.Memory;

public sealed class KvArenaTests
{
    private static readonly LanguageShape Shape = new(64, 2, 4, 2, 8, 100, 256, 1, [2]);

    [Fact]
    public void Bytes_AreRowsTimesCapacity() => Assert.Equal(3 * 10 * Shape.CacheBytesPerToken, new KvArena(Shape, 3, 10).Bytes);

    [Fact]
    public void Copy_MovesThePositionsOfEveryHeadAndNothingElse()
    {
        var (source, target) = (new KvArena(Shape, 3, 10), new KvArena(Shape, 2, 6));
        Fill(source, 1);
        Fill(target, -1);
        KvArena.Copy(source, 2, target, 1, 4);
        for (var block = 0; block < target.Blocks; block++)
        {
            var from = source.Block(block);
            var to = target.Block(block);
            for (var head = 0; head < 2; head++)
            {
                for (var i = 0; i < 6 * 8; i++)
                {
                    var expected = i < 4 * 8 ? from[(2 * 2 * 10 * 8) + (head * 10 * 8) + i] : -1;
                    Assert.Equal(expected, to[(1 * 2 * 6 * 8) + (head * 6 * 8) + i]);
                }
            }

            Assert.All(to[..(2 * 6 * 8)].ToArray(), v => Assert.Equal(-1, v));
        }
    }

    [Fact]
    public void Prefixes_ForgetTheLeastRecentlyUsed()
    {
        var slots = new KvArena(Shape, 1, 10);
        var prefixes = new PrefixStore(new KvArena(Shape, 2, 5));
        Save(1, 16);
        Save(1, 4);
        Assert.Equal(5, prefixes.TryFork(1, 16, slots, 0));
        Save(2, 16); // Pushes (1, 4) out.
        Assert.Equal(0, prefixes.TryFork(1, 4, slots, 0));
        Assert.Equal(5, prefixes.TryFork(1, 16, slots, 0));
        Assert.Equal(5, prefixes.TryFork(2, 16, slots, 0));
        Assert.Equal(2, prefixes.Count);

        void Save(UInt128 frame, int budget) => prefixes.Save(frame, budget, slots, 0, 5);
    }

    [Fact]
    public void NoRoomForPrefixes_KeepsNone()
    {
        var slots = new KvArena(Shape, 1, 10);
        var prefixes = new PrefixStore(new KvArena(Shape, 0, 5));
        prefixes.Save(1, 16, slots, 0, 5);
        Assert.Equal(0, prefixes.TryFork(1, 16, slots, 0));
    }

    private static void Fill(KvArena arena, int value)
    {
        for (var block = 0; block < arena.Blocks; block++)
        {
            var values = arena.Block(block);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = value < 0 ? value : (block * 10_000) + i;
            }
        }
    }
}

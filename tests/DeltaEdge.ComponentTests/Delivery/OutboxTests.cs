using System.Runtime.Versioning;
using System.Text;
using DeltaEdge.ComponentTests.ModelCompiler;
using DeltaEdge.Core.Time;
using DeltaEdge.Delivery.Outbox;

namespace DeltaEdge.ComponentTests.Delivery;

public sealed class OutboxTests : IDisposable
{
    private static readonly OutboxLimits Wide = new(100_000, 1 << 30, 1 << 20);

    private readonly TemporaryDirectory _directory = new();
    private readonly List<OutboxLoss> _losses = [];
    private Func<string> _home;

    public OutboxTests() => _home = () => _directory.Path;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Messages_ComeOutInOrderAndWhole()
    {
        using var outbox = Open();
        var sent = Enumerable.Range(0, 50).Select(i => Message(i % 3 == 0 ? "rule" : "answer", $"k{i}", new string('x', i * 100))).ToArray();
        foreach (var message in sent)
        {
            Assert.Equal(new OutboxReceipt(OutboxPlace.Disk, 0), outbox.Add(message));
        }

        Assert.Equal(sent.Select(Text), Drain(outbox).Select(Text));
    }

    [Fact]
    public void Reopened_GoesOnAfterWhatWasRemoved()
    {
        using (var outbox = Open())
        {
            Fill(outbox, "answer", 10);
            outbox.Remove(outbox.Peek()!);
            outbox.Remove(outbox.Peek()!);
        }

        using var reopened = Open();
        reopened.Add(Message("answer", "new"));

        Assert.Equal(["k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "new"], Drain(reopened).Select(m => m.DedupeKey));
    }

    [Fact]
    public void SegmentsThatAreDone_AreDeleted()
    {
        using var outbox = Open();
        Fill(outbox, "answer", 30, new string('x', 1 << 20));
        Assert.True(Segments().Length > 5);

        Drain(outbox);

        Assert.InRange(Segments().Length, 0, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void TornTail_LosesOnlyTheTornMessage(int bytes)
    {
        using (var outbox = Open())
        {
            Fill(outbox, "rule", 5);
        }

        using (var file = File.OpenWrite(Segments().Single()))
        {
            file.SetLength(file.Length - bytes);
        }

        using var reopened = Open();
        reopened.Add(Message("rule", "new"));

        Assert.Equal(1, reopened.Torn);
        Assert.Equal(["k0", "k1", "k2", "k3", "new"], Drain(reopened).Select(m => m.DedupeKey));
    }

    [Fact]
    public void ChangedByte_IsFoundByItsChecksum()
    {
        using (var outbox = Open())
        {
            Fill(outbox, "rule", 3);
        }

        var path = Segments().Single();
        var bytes = File.ReadAllBytes(path);
        bytes[^2] ^= 1;
        File.WriteAllBytes(path, bytes);

        using var reopened = Open();

        Assert.Equal(["k0", "k1"], Drain(reopened).Select(m => m.DedupeKey));
    }

    [Fact]
    public void SegmentChangedInTheMiddle_LosesOneMessageAndIsSetAside()
    {
        FillTwoSegments();
        var path = Segments()[0];
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        using var reopened = Open();

        Assert.Equal(["k0", "k1", "k3", "k4"], Drain(reopened).Select(m => m.DedupeKey));
        Assert.Equal([Path.GetFileName(path) + SegmentLane.LostExtension], SetAside());
        var loss = Assert.Single(_losses);
        Assert.Equal((Path.GetFileName(path), true), (loss.File, loss.IsFirst));
        Assert.Contains("record at byte", loss.Reason, StringComparison.Ordinal);
    }

    /// <summary>A length that leads behind the segment's end looks like the last record of a process that died.</summary>
    [Fact]
    public void DamagedLength_IsNoTornTailWhereRecordsFollow()
    {
        using (var outbox = Open())
        {
            Fill(outbox, "rule", 5);
        }

        var path = Segments().Single();
        var bytes = File.ReadAllBytes(path);
        bytes[(bytes.Length / 5 * 2) + 2] ^= 1; // of the third record's length
        File.WriteAllBytes(path, bytes);

        using var reopened = Open();

        Assert.Equal(0, reopened.Torn);
        Assert.Equal(["k0", "k1", "k3", "k4"], Drain(reopened).Select(m => m.DedupeKey));
        Assert.Equal([Path.GetFileName(path) + SegmentLane.LostExtension], SetAside());
        Assert.Single(_losses);
    }

    [Fact]
    public void SegmentWithAnImpossibleLength_IsSetAside()
    {
        FillTwoSegments();
        File.WriteAllBytes(Segments()[0], new byte[100]);

        using var reopened = Open();

        Assert.Equal(["k4"], Drain(reopened).Select(m => m.DedupeKey));
        Assert.Single(SetAside());
    }

    [Fact]
    public void SegmentThatCannotBeOpened_IsSetAsideAndTheNextGoesOn()
    {
        FillTwoSegments();
        BeALoop(Segments()[0]);

        using var reopened = Open();
        reopened.Add(Message("answer", "new"));

        Assert.Equal(["k4", "new"], Drain(reopened).Select(m => m.DedupeKey));
        Assert.Single(SetAside());
        Assert.Single(_losses);
    }

    [Fact]
    public void SegmentThatGoesBadWhileItIsWritten_IsSetAsideAndAnotherIsBegun()
    {
        using var outbox = Open();
        Fill(outbox, "rule", 3);
        File.WriteAllBytes(Segments().Single(), new byte[1000]);
        Assert.Null(outbox.Peek());

        Fill(outbox, "rule", 2);

        Assert.Equal(["k0", "k1"], Drain(outbox).Select(m => m.DedupeKey));
        Assert.Equal([true, false, false], _losses.Select(l => l.IsFirst));
        Assert.Single(SetAside());
    }

    [Fact]
    public void HeadThatCannotBeRead_BringsMessagesAgain()
    {
        using (var outbox = Open())
        {
            Fill(outbox, "rule", 2);
            outbox.Remove(outbox.Peek()!);
        }

        BeALoop(Path.Combine(_directory.Path, "events", "head"));

        using var reopened = Open();
        Assert.Equal(["k0", "k1"], Drain(reopened).Select(m => m.DedupeKey));
    }

    [Fact]
    public void FolderWithASegmentThatWasSetAside_IsKept()
    {
        using var folder = new OutboxFolder(_directory.Path);
        var lost = Path.Combine(folder.Of("target"), "0.seg" + SegmentLane.LostExtension);
        File.WriteAllText(lost, "");

        folder.Forget("target");
        Assert.True(File.Exists(lost));

        File.Delete(lost);
        folder.Forget("target");
        Assert.Empty(folder.Targets());
    }

    [Fact]
    public void LostHead_BringsMessagesAgain()
    {
        using (var outbox = Open())
        {
            Fill(outbox, "rule", 3);
            outbox.Remove(outbox.Peek()!);
        }

        File.WriteAllBytes(Path.Combine(_directory.Path, "events", "head"), [1, 2, 3]);

        using var reopened = Open();
        Assert.Equal(["k0", "k1", "k2"], Drain(reopened).Select(m => m.DedupeKey));
    }

    [Fact]
    public void FullOutbox_DropsOldestAnswersFirstAndEventsLast()
    {
        using var outbox = Open(new OutboxLimits(4, 1 << 30, 1 << 20));
        outbox.Add(Message("rule", "e0"));
        outbox.Add(Message("answer", "a0"));
        outbox.Add(Message("rule", "e1"));
        outbox.Add(Message("answer", "a1"));

        Assert.Equal(1, outbox.Add(Message("rule", "e2")).Dropped);
        Assert.Equal(1, outbox.Add(Message("answer", "a2")).Dropped);
        Assert.Equal(1, outbox.Add(Message("rule", "e3")).Dropped);
        Assert.Equal(OutboxPlace.None, outbox.Add(Message("answer", "a3")).Place);
        Assert.Equal(1, outbox.Add(Message("rule", "e4")).Dropped);

        Assert.Equal(["e1", "e2", "e3", "e4"], Drain(outbox).Select(m => m.DedupeKey));
    }

    [Fact]
    public void Bytes_AreBoundedToo()
    {
        using var outbox = Open(new OutboxLimits(1000, 100_000, 1 << 20));

        Fill(outbox, "answer", 50, new string('x', 10_000));

        Assert.InRange(outbox.Count, 5, 10);
        Assert.Equal("k49", Drain(outbox)[^1].DedupeKey);
    }

    [Fact]
    public void MessageThatIsDroppedWhileItIsSent_TakesNoOtherWithIt()
    {
        using var outbox = Open(new OutboxLimits(2, 1 << 30, 1 << 20));
        Fill(outbox, "answer", 2);
        var sending = outbox.Peek()!;
        outbox.Add(Message("answer", "new"));

        outbox.Remove(sending);

        Assert.Equal(["k1", "new"], Drain(outbox).Select(m => m.DedupeKey));
    }

    [Fact]
    public void DiskThatCannotBeWritten_KeepsMessagesInMemoryInOrderUntilItCan()
    {
        using var outbox = Open();
        outbox.Add(Message("answer", "disk"));
        var blocker = Path.Combine(_directory.Path, "events");
        File.WriteAllText(blocker, "");

        Assert.Equal(OutboxPlace.Memory, outbox.Add(Message("rule", "memory")).Place);
        Assert.Equal(1, outbox.CountInMemory);
        File.Delete(blocker);
        Assert.Equal(OutboxPlace.Disk, outbox.Add(Message("rule", "disk again")).Place);

        Assert.Equal(["disk", "memory", "disk again"], Drain(outbox).Select(m => m.DedupeKey));
    }

    [Fact]
    public void FolderThatCannotBeMadeAtFirst_IsTriedAgainAndWhatItHoldsComesFirst()
    {
        using (var before = Open())
        {
            Fill(before, "answer", 2);
        }

        var isFull = true;
        _home = () => isFull ? throw new IOException("No space left on device") : _directory.Path;
        using var outbox = Open();
        Assert.Equal(OutboxPlace.Memory, outbox.Add(Message("rule", "memory")).Place);
        Assert.Contains("No space", outbox.DiskError, StringComparison.Ordinal);
        isFull = false;

        Assert.Equal(OutboxPlace.Disk, outbox.Add(Message("rule", "disk")).Place);

        Assert.Equal(["k0", "k1", "memory", "disk"], Drain(outbox).Select(m => m.DedupeKey));
    }

    [Fact]
    public void Memory_IsBoundedAndPrefersEvents()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "events"), "");
        File.WriteAllText(Path.Combine(_directory.Path, "answers"), "");
        using var outbox = Open(new OutboxLimits(1000, 1 << 30, 10_000));

        Fill(outbox, "answer", 10, new string('x', 2000));
        Fill(outbox, "rule", 4, new string('x', 2000));
        Assert.Equal(OutboxPlace.None, outbox.Add(Message("answer", "late", new string('x', 9000))).Place);

        Assert.Equal(["rule", "rule", "rule", "rule"], Drain(outbox).Select(m => m.Type));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Files_AreTheOwnersOnly()
    {
        using var outbox = Open();
        Fill(outbox, "rule", 1);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Segments().Single()));
    }

    [Fact]
    public void TwoProcesses_HoldFoldersOfTheirOwnAndTheNextFindsTheFirst()
    {
        var first = new OutboxFolder(_directory.Path);
        using var second = new OutboxFolder(_directory.Path);
        var left = first.Of("target");
        Assert.NotEqual(left, second.Of("target"));

        first.Dispose();
        using var next = new OutboxFolder(_directory.Path);

        Assert.Equal([left], next.Targets());
    }

    private TargetOutbox Open(OutboxLimits? limits = null) => new(_home, limits ?? Wide, new MonotonicClock(TimeProvider.System), _losses.Add);

    private string[] Segments() => [.. Directory.GetFiles(_directory.Path, "*.seg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private IEnumerable<string> SetAside() => Directory.GetFiles(_directory.Path, "*" + SegmentLane.LostExtension, SearchOption.AllDirectories).Select(p => Path.GetFileName(p));

    /// <summary>k0 to k3 in the first, k4 in the second.</summary>
    private void FillTwoSegments()
    {
        using var outbox = Open();
        Fill(outbox, "answer", 5, new string('x', 1 << 20));
    }

    /// <summary>Makes a file one that nobody can open, root included: a link to itself.</summary>
    private static void BeALoop(string path)
    {
        File.Delete(path);
        File.CreateSymbolicLink(path, path);
    }

    private static void Fill(TargetOutbox outbox, string type, int count, string body = "{}")
    {
        for (var i = 0; i < count; i++)
        {
            outbox.Add(Message(type, $"k{i}", body));
        }
    }

    private static List<OutboxMessage> Drain(TargetOutbox outbox)
    {
        var all = new List<OutboxMessage>();
        while (outbox.Peek() is { } message)
        {
            all.Add(message);
            outbox.Remove(message);
        }

        return all;
    }

    private static OutboxMessage Message(string type, string key, string body = "{}") =>
        new(0, DateTimeOffset.UnixEpoch.AddDays(20_000), type, "cam", key, Encoding.UTF8.GetBytes(body));

    private static string Text(OutboxMessage message) => $"{message.Type} {message.StreamId} {message.DedupeKey} {message.CreatedAt:O} {Encoding.UTF8.GetString(message.Body)}";
}

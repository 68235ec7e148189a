using DeltaEdge.Core.Time;
using DeltaEdge.Fabric.Answers;
using DeltaEdge.Fabric.Streams;
using Microsoft.Extensions.Primitives;

namespace DeltaEdge.UnitTests.Streams.Answers;

/// <summary>A log that is away, or refuses, when the test says so; what it takes goes to a real one.</summary>
internal sealed class FlakyLog(IAnswerLog log) : IAnswerLog
{
    private readonly SemaphoreSlim _appends = new(0);

    public AppendOutcome? Says { get; set; }

    /// <summary>Whether what it takes is then reported as not taken, as a lost reply does.</summary>
    public bool LosesReplies { get; set; }

    public bool CannotBeRead { get; set; }

    public async Task AttemptsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await _appends.WaitAsync(TimeSpan.FromSeconds(20)), $"Only {i} of {count} attempts came.");
        }
    }

    public async ValueTask<AppendReceipt> AppendAsync(StreamOwner owner, AppendKey key, LogEntry entry, CancellationToken cancellationToken)
    {
        var receipt = Says is { } outcome ? new AppendReceipt(outcome, 0) : await log.AppendAsync(owner, key, entry, cancellationToken);
        receipt = LosesReplies ? new(AppendOutcome.Unavailable, 0) : receipt;
        _appends.Release();
        return receipt;
    }

    public ValueTask<LogPage?> ReadAsync(string streamId, long after, int max, CancellationToken cancellationToken) =>
        CannotBeRead ? ValueTask.FromResult<LogPage?>(null) : log.ReadAsync(streamId, after, max, cancellationToken);

    public IChangeToken LogChanged(string streamId) => log.LogChanged(streamId);
}

namespace DeltaEdge.ChaosTests.Fixtures;

/// <summary>Holds what a reader got against the log that it read.</summary>
internal static class ReadAudit
{
    /// <summary>What the reader got by itself is what the log holds: each id once, in order, none between left out.</summary>
    public static async Task AssertNothingLostAsync(this AnswerReader reader, ChaosCluster cluster)
    {
        var read = reader.Entries;
        Assert.DoesNotContain(read, e => e.Event == "gap");
        var ids = read.Select(e => e.Id).ToArray();
        Assert.Equal(ids.Distinct().Order(), ids);
        var answers = read.Where(e => e.IsAnswer).ToDictionary(e => e.Id, e => e.Data.GetProperty("frame_index").GetInt64());
        var page = await cluster.GetAsync($"/v1/streams/{reader.StreamId}/answers?limit=500&after={ids[0] - 1}");
        foreach (var kept in page.GetProperty("data").EnumerateArray())
        {
            var id = kept.GetProperty("id").GetInt64();
            if (id <= ids[^1])
            {
                Assert.True(answers.ContainsKey(id), $"{reader.StreamId}: answer {id} is in the log but was not read; read were {ids[0]} to {ids[^1]}.");
                Assert.Equal(answers[id], kept.GetProperty("frame_index").GetInt64());
            }
        }
    }
}

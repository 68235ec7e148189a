using DeltaEdge.Evaluation.Workloads;

namespace DeltaEdge.UnitTests.Evaluation.Workloads;

public sealed class RateTableTests
{
    private static readonly WorkloadSettings Settings = new() { CapacityPerSecond = 100 };

    [Theory]
    [InlineData("10\n0\n20.5\n")]
    [InlineData("rate\r\n10\r\n0\r\n20.5")]
    [InlineData("second,rate\n0,10\n1,0\n2,20.5\n\n")]
    [InlineData("\n 100 , 10\n101,0\n102,2.05e1")]
    public void Table_IsReadWithAndWithoutSecondsAndHeader(string csv) => Assert.Equal([10, 0, 20.5], RateTable.Parse(csv).Rates.AsEnumerable());

    [Theory]
    [InlineData("10\nten", "Line 2 has 'ten' for a rate; wanted is asks per second.")]
    [InlineData("rate\n10\n\n-3", "Line 4 has the rate -3; wanted is 0 or more.")]
    [InlineData("0,10\n2,10", "Line 2 is second 2 after 0; wanted is a line for every second, in order.")]
    [InlineData("0,10\nx,10", "Line 2 has 'x' for a second; wanted is a number.")]
    [InlineData("0,10\n1", "Line 2 has 1 columns; wanted is 'second,rate' on every line, or one rate on every line.")]
    [InlineData("0,10,5", "Line 1 has 3 columns; wanted is 'second,rate' on every line, or one rate on every line.")]
    [InlineData("1\nNaN", "Line 2 has 'NaN' for a rate; wanted is asks per second.")]
    [InlineData("rate\n", "There is no rate in it.")]
    [InlineData("", "There is no rate in it.")]
    public void BadTable_SaysWhichLineAndWhatIsWrong(string csv, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => RateTable.Parse(csv)).Message);

    [Fact]
    public void Workload_FollowsTheTableTimesTheScale()
    {
        var workload = RateTable.Parse("1000\n0\n200").ToWorkload("mine", Settings, scale: 2);
        var seconds = Enumerable.Range(0, 3).Select(s => workload.Arrivals.Count(a => (int)a.AtSeconds == s)).ToList();

        Assert.Equal(("mine", 3d), (workload.Name, workload.DurationSeconds));
        Assert.InRange(seconds[0], 2000 - 180, 2000 + 180);
        Assert.Equal(0, seconds[1]);
        Assert.InRange(seconds[2], 400 - 80, 400 + 80);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void ScaleOutOfRange_Throws(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RateTable.Parse("1").ToWorkload("mine", Settings, scale));
}

using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.UnitTests.Worker;

public sealed class WorkerOptionsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("http://worker-1:8081", true)]
    [InlineData("https://[fd00::1]:8081/", true)]
    [InlineData("worker-1:8081", false)]
    [InlineData("worker-1", false)]
    [InlineData("/worker", false)]
    [InlineData("http://fd00::1:8081", false)]
    [InlineData("ftp://worker-1", false)]
    public void AdvertisedAddress_IsAnUrlOrNothing(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new WorkerOptionsCrossValidator().Validate(null, new() { AdvertisedAddress = address }).Succeeded);

    [Theory]
    [InlineData(1000, 1000, true)]
    [InlineData(1000, 999, false)]
    public void BodiesInFlight_LeaveRoomForTheLongest(int longest, long together, bool isAllowed) =>
        Assert.Equal(isAllowed, new WorkerOptionsCrossValidator().Validate(null, new() { MaxBodyBytes = longest, MaxBodyBytesInFlight = together }).Succeeded);
}

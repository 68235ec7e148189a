using DeltaEdge.Telemetry.Http;

namespace DeltaEdge.UnitTests.Telemetry;

public sealed class ListeningScopeTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("https://127.3.4.5:8443", true)]
    [InlineData("http://localhost:5000", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://unix:/run/deltaedge.sock", true)]
    [InlineData("http://0.0.0.0:8080", false)]
    [InlineData("http://[::]:8080", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://*:80", false)]
    [InlineData("http://10.0.0.4:80", false)]
    [InlineData("http://gateway:80", false)]
    [InlineData("http://localhost.example.org:80", false)]
    public void Address_TellsWhoCanReachIt(string address, bool loopback) => Assert.Equal(loopback, ListeningScope.IsLoopbackOnly([address]));

    [Fact]
    public void OneOfSeveralIsOpen_AllAreSaidToBe() => Assert.False(ListeningScope.IsLoopbackOnly(["http://127.0.0.1:80", "http://0.0.0.0:81"]));
}

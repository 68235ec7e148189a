using DeltaEdge.Cli.Up;
using DeltaEdge.ComponentTests.Worker.Swapping;

namespace DeltaEdge.ComponentTests.Up;

public sealed class EmbeddedSystemTests
{
    [Fact]
    public async Task Model_IsTheOneThatWasNamed()
    {
        using var packages = new TinyPackages();
        var settings = new Dictionary<string, string?>
        {
            ["DeltaEdge:Engine:Providers:0"] = "cpu",
            ["DeltaEdge:Engine:Threads"] = "1",
            ["DeltaEdge:Engine:Slots"] = "2",
            ["DeltaEdge:Engine:TextTokens"] = "128",
            ["DeltaEdge:Delivery:Directory"] = Path.Combine(packages.Folder, "outbox"),
        };

        await using var system = await EmbeddedSystem.StartAsync(new EmbeddedOptions(packages.Add("another"), "127.0.0.1", 0, settings), TestContext.Current.CancellationToken);

        Assert.Equal("another", system.Engine.ModelName);
    }
}

using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Quality;
using DeltaEdge.UnitTests.Core.Quality;
using DeltaEdge.UnitTests.Worker.Quality;
using DeltaEdge.Worker.Quality;
using DeltaEdge.Worker.Serving;

namespace DeltaEdge.UnitTests.Worker.Serving;

public sealed class ModelInForceTests
{
    private readonly FakeEngine _blue = new() { ModelName = "blue" };
    private readonly FakeEngine _green = new() { ModelName = "green" };

    [Fact]
    public async Task Retired_WaitsForTheAsksThatTookItAndIsDisposed()
    {
        await using var models = new ModelInForce(Model(_blue));
        var before = models.Take();
        var old = models.Replace(Model(_green));
        var retiring = old.RetireAsync(CancellationToken.None);
        using (var after = models.Take())
        {
            Assert.Equal(("blue", "green"), (before.Model.Name, after.Model.Name));
        }

        Assert.False(_blue.IsDisposed);
        Assert.False(retiring.IsCompleted);
        before.Dispose();
        await retiring;

        Assert.Equal((true, false), (_blue.IsDisposed, _green.IsDisposed));
        Assert.False(old.TryTake());
    }

    [Fact]
    public async Task HurriedRetirement_WaitsForNobody()
    {
        await using var models = new ModelInForce(Model(_blue));
        using var ask = models.Take();
        await models.Replace(Model(_green)).RetireAsync(new CancellationToken(canceled: true));

        Assert.True(_blue.IsDisposed);
    }

    [Fact]
    public async Task NamesOfBefore_AreStillUnderstood()
    {
        await using var models = new ModelInForce(Model(_blue));
        models.Replace(Model(_green));

        Assert.Equal("green", models.Names.Current);
        Assert.All((string[])["blue", "green", "Green"], name => Assert.True(models.Names.Contains(name)));
        Assert.False(models.Names.Contains("red"));
        models.Replace(Model(_blue));
        Assert.Equal("blue", models.Names.Current);
    }

    private static ServedModel Model(FakeEngine engine)
    {
        var curves = Curves.Book();
        return new ServedModel(engine, curves, new ProbeReservoir(TokenLadder.Default, curves, new QualityOptions()), "w1");
    }
}

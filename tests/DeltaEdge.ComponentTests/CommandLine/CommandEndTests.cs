using DeltaEdge.Cli;
using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler;
using Microsoft.Extensions.Options;

namespace DeltaEdge.ComponentTests.CommandLine;

public sealed class CommandEndTests
{
    public static TheoryData<Exception> Mistakes =>
    [
        new ManifestException("said"), new ModelPackageException("said"), new OptionsValidationException("x", typeof(object), ["said"]),
        new DirectoryNotFoundException("said"), new UnauthorizedAccessException("said"), new System.ComponentModel.Win32Exception(2, "said"),
        new TaskCanceledException("said", new TimeoutException()),
    ];

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Mistake_IsSaidInALine(Exception mistake) => Assert.Equal("said", CommandEnd.LineOf(mistake));

    [Fact]
    public void SeveralMistakes_AreAllSaid()
    {
        Assert.Equal("one two", CommandEnd.LineOf(new AggregateException(new IOException("one"), new ArgumentException("two"))));
        Assert.Null(CommandEnd.LineOf(new AggregateException(new IOException("one"), new KeyNotFoundException())));
    }

    [Fact]
    public void Defect_KeepsItsStackTrace()
    {
        Assert.Null(CommandEnd.LineOf(new KeyNotFoundException()));
        Assert.Null(CommandEnd.LineOf(new InvalidCastException()));
        Assert.Null(CommandEnd.LineOf(new ObjectDisposedException("x")));
    }

    [Fact]
    public async Task Stopped_IsNoFailure() => Assert.Equal(130, await CommandEnd.OfAsync(() => throw new OperationCanceledException()));
}

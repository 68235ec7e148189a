using DeltaEdge.Core.Models;
using DeltaEdge.ModelCompiler;

namespace DeltaEdge.ComponentTests.ModelCompiler;

public sealed class CompiledModelCacheTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void SecondCompile_FindsTheFirst()
    {
        var package = _directory.CopyOf(ModelFixtures.Tiny);
        var first = ModelPackageCompiler.Compile(package);
        Assert.StartsWith(Path.Combine(package, ".compiled", "cpu-"), first.Directory, StringComparison.Ordinal);
        var stamp = File.GetLastWriteTimeUtc(first.PathOf(first.Decoder));
        var second = ModelPackageCompiler.Compile(package);
        Assert.Equal(first.Directory, second.Directory);
        Assert.Equal(stamp, File.GetLastWriteTimeUtc(second.PathOf(second.Decoder)));
        Assert.Equal(first.ToJson(), second.ToJson());
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    public void ChangedInput_CompilesAnew(string file)
    {
        var package = _directory.CopyOf(ModelFixtures.Tiny);
        var first = ModelPackageCompiler.Compile(package);
        using (var stream = new FileStream(Path.Combine(package, file), FileMode.Append))
        {
            stream.WriteByte((byte)'\n');
        }

        Assert.NotEqual(first.Directory, ModelPackageCompiler.Compile(package).Directory);
    }

    [Fact]
    public void OtherOptions_CompileBesides()
    {
        var folded = Compile(new CompileOptions());
        var shorter = Compile(new CompileOptions { MaxSequenceLength = 64 });
        Assert.NotEqual(folded.Directory, Compile(new CompileOptions { Fold = false }).Directory);
        Assert.Equal((512, 64), (folded.Language.MaxSequenceLength, shorter.Language.MaxSequenceLength));
    }

    [Theory]
    [InlineData("decoder.weights", false)]
    [InlineData("encoder.onnx", false)]
    [InlineData("token_embedding.f32", true)]
    [InlineData("compiled.json", false)]
    [InlineData("compiled.json", true)]
    public void DamagedCache_IsMadeAgain(string file, bool delete)
    {
        var first = Compile(new CompileOptions());
        var path = first.PathOf(file);
        var whole = File.ReadAllBytes(path);
        if (delete)
        {
            File.Delete(path);
        }
        else
        {
            var damaged = whole.ToArray();
            damaged[whole.Length / 2] ^= 0xff;
            File.WriteAllBytes(path, damaged);
        }

        var second = Compile(new CompileOptions());
        Assert.Equal(first.Directory, second.Directory);
        Assert.Equal(whole, File.ReadAllBytes(path));
        Assert.Single(Directory.GetDirectories(_directory.Child("cache")));
    }

    [Fact]
    public async Task ConcurrentCallers_GetOneWholeModel()
    {
        var models = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Compile(new CompileOptions()))));
        Assert.Single(models.Select(m => m.Directory).Distinct());
        Assert.Single(Directory.GetDirectories(_directory.Child("cache")));
        Assert.All(models[0].Files, f => Assert.Equal(f.Length, new FileInfo(models[0].PathOf(f.Name)).Length));
    }

    [Fact]
    public void CompiledTwice_IsTheSameToTheByte()
    {
        var first = ModelPackageCompiler.Compile(ModelFixtures.Tiny, cacheDirectory: _directory.Child("one"));
        var second = ModelPackageCompiler.Compile(ModelFixtures.Tiny, cacheDirectory: _directory.Child("two"));
        Assert.Equal(first.ToJson(), second.ToJson());
    }

    [Fact]
    public void Cancelled_LeavesNothingBehind()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => ModelPackageCompiler.Compile(ModelFixtures.Tiny, cacheDirectory: _directory.Child("cache"), cancellationToken: cancelled.Token));
        Assert.Empty(Directory.GetDirectories(_directory.Child("cache")));
    }

    [Fact]
    public void CacheThatCannotBeWritten_IsNamed()
    {
        var blocked = _directory.Child("file");
        File.WriteAllText(blocked, "");
        var error = Assert.Throws<ModelPackageException>(() => ModelPackageCompiler.Compile(ModelFixtures.Tiny, cacheDirectory: Path.Combine(blocked, "cache")));
        Assert.Contains("can be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FirstCacheCannotBeWritten_UsesTheNextAndFindsItThere()
    {
        File.WriteAllText(_directory.Child("file"), "");
        string[] roots = [Path.Combine(_directory.Child("file"), "cache"), _directory.Child("next")];
        var first = ModelPackageCompiler.CompileInto(roots, ModelFixtures.Tiny, new CompileOptions());
        Assert.StartsWith(roots[1], first.Directory, StringComparison.Ordinal);
        Assert.Equal(first.Directory, ModelPackageCompiler.CompileInto(roots, ModelFixtures.Tiny, new CompileOptions()).Directory);
    }

    public void Dispose() => _directory.Dispose();

    private CompiledModel Compile(CompileOptions options) =>
        ModelPackageCompiler.Compile(ModelFixtures.Tiny, options, _directory.Child("cache"));
}

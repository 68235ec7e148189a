using DeltaEdge.ComponentTests.Fixtures;
using DeltaEdge.Fabric.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeltaEdge.ComponentTests.Fabric.Keys;

public sealed class FileKeyBookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deltaedge-keys-").FullName;

    private string File => Path.Combine(_folder, "sub", "keys.json");

    [Fact]
    public async Task AddedAndRevokedByAnotherProcess_IsSeen()
    {
        var (writer, reader) = (Open(), Open());
        Assert.Empty(reader.All);
        Assert.True(reader.IsRead);

        var (key, text) = await writer.AddNewAsync(k => k with { SlaClass = "priority", AllowedClasses = ["priority", "flex"], RequestsPerSecond = 2.5, SeesMetrics = true });
        await Wait.UntilAsync(() => reader.Find(key.Id) is not null, () => "the other book to have the key");
        Assert.Equivalent(key, reader.Find(key.Id));
        Assert.DoesNotContain(text[^43..], await System.IO.File.ReadAllTextAsync(File), StringComparison.Ordinal);

        Assert.Equal(KeyOutcome.Done, await writer.RevokeAsync(key.Id, CancellationToken.None));
        await Wait.UntilAsync(() => reader.Find(key.Id)!.IsRevoked, () => "the other book to see the revocation");
    }

    [Fact]
    public async Task SameIdTwiceOrUnknownId_IsSaid()
    {
        var book = Open();
        var (key, _) = await book.AddNewAsync();

        Assert.Equal(KeyOutcome.Exists, await book.AddAsync(key, CancellationToken.None));
        Assert.Equal(KeyOutcome.Unknown, await book.RevokeAsync("nobody", CancellationToken.None));
    }

    [Fact]
    public async Task FileIsBroken_WhatWasReadStaysAndNothingIsWritten()
    {
        var book = Open();
        var (key, _) = await book.AddNewAsync();
        Assert.NotNull(book.Find(key.Id));

        await System.IO.File.WriteAllTextAsync(File, "{ no json");

        Assert.False(await Open().OpenAsync(CancellationToken.None));
        Assert.Equal(KeyOutcome.Unavailable, await book.RevokeAsync(key.Id, CancellationToken.None));
        Assert.NotNull(book.Find(key.Id));
        Assert.True(book.IsRead);
        Assert.False(Open().IsRead);
        Assert.Equal("{ no json", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task File_IsItsOwnersAlone()
    {
        await Open().AddNewAsync();

        Assert.True(!OperatingSystem.IsWindows() && System.IO.File.GetUnixFileMode(File) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(["keys.json"], Directory.GetFiles(Path.GetDirectoryName(File)!).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileKeyBook Open() => new(File, TimeProvider.System, NullLogger<FileKeyBook>.Instance);
}

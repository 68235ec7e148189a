using System.Globalization;

namespace DeltaEdge.Delivery.Outbox;

/// <summary>
/// This process's own folder under the outbox root: the first that no other process holds, so that a worker that starts again finds
/// what it, or another that is gone, has left. Made only when something is stored.
/// </summary>
internal sealed class OutboxFolder(string root) : IDisposable
{
    private const int MostProcesses = 256;

    private FileStream? _held;

    /// <summary>Folders of the targets that something may still wait for.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public string[] Targets() => Directory.Exists(root) ? Directory.GetDirectories(Hold()) : [];

    /// <summary>Folder of a target; it exists.</summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public string Of(string identity)
    {
        try
        {
            return PrivateFiles.CreateFolder(Path.Combine(Hold(), identity));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Removes the folder of a target that nothing waits for, unless there is a segment in it that was set aside.</summary>
    public void Forget(string identity)
    {
        try
        {
            var path = _held is null ? null : Path.Combine(Path.GetDirectoryName(_held.Name)!, identity);
            if (Directory.Exists(path) && Directory.GetFiles(path, "*" + SegmentLane.LostExtension, SearchOption.AllDirectories).Length == 0)
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Found empty at the next start.
        }
    }

    public void Dispose()
    {
        var held = _held;
        _held = null;
        if (held is null)
        {
            return;
        }

        var own = Path.GetDirectoryName(held.Name)!;
        try
        {
            if (Directory.GetDirectories(own).Length == 0)
            {
                Directory.Delete(own, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An empty folder is left, for the next process to hold.
        }

        held.Dispose();
    }

    private string Hold()
    {
        for (var i = 0; _held is null; i++)
        {
            var own = Path.Combine(root, i.ToString(CultureInfo.InvariantCulture));
            try
            {
                PrivateFiles.CreateFolder(own);
                _held = new FileStream(Path.Combine(own, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (i < MostProcesses && File.Exists(Path.Combine(own, "held")))
            {
                // Another process holds it.
            }
            catch (UnauthorizedAccessException e)
            {
                throw new IOException(e.Message, e);
            }
        }

        return Path.GetDirectoryName(_held.Name)!;
    }
}

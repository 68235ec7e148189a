using DeltaEdge.Core.Streams;
using DeltaEdge.Core.Time;
using DeltaEdge.Streams.Capture;
using DeltaEdge.Streams.Sources;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Streams.Images;

/// <summary>Opens folders of images.</summary>
internal sealed class FolderOpener(SourcePolicy policy, IOptions<StreamsOptions> options, MonotonicClock clock) : ISourceOpener
{
    private const double DefaultFps = 1;
    private const int MaxImages = 1_000_000;

    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp"];

    private readonly int _side = options.Value.ImageSize;
    private readonly int _maxBytes = options.Value.MaxImageBytes;

    public bool Opens(SourceKind kind) => kind == SourceKind.Folder;

    public ValueTask<SourceOpening> OpenAsync(StreamSpec spec, SourceAddress address, Action<int> onProcess, CancellationToken cancellationToken)
    {
        string[] files;
        try
        {
            files =
            [
                .. Directory.EnumerateFiles(address.Input)
                    .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
                    .Take(MaxImages)
                    .Order(StringComparer.Ordinal)
                    .Where(f => policy.FindAllowed(f) is not null),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused("The folder cannot be read.");
        }

        return files.Length == 0
            ? Refused("The folder holds no images. Allowed: files that end in .jpg, .jpeg, .png or .webp.")
            : ValueTask.FromResult(SourceOpening.Opened(new FolderSource(files, SourceSyntax.FolderFps(spec.Source) ?? DefaultFps, spec.Loop, _side, _maxBytes, clock)));
    }

    private static ValueTask<SourceOpening> Refused(string message) => ValueTask.FromResult(SourceOpening.Refused(SourceEnd.Failed(message)));
}

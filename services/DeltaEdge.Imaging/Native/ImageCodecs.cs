using System.Runtime.InteropServices;

namespace DeltaEdge.Imaging.Native;

/// <summary>The codec libraries this process needs, so that a missing one is told at start and not at the first image.</summary>
public static class ImageCodecs
{
    private static readonly (string Library, string Package)[] Needed =
    [
        (TurboJpeg.Library, "libturbojpeg0"),
        (LibPng.Library, "libpng16-16"),
        (LibWebp.Library, "libwebp7"),
    ];

    /// <summary>Null if all are there, else a sentence that names each missing library and its Debian package.</summary>
    public static string? Missing()
    {
        var missing = new List<string>();
        foreach (var (library, package) in Needed)
        {
            if (!NativeLibrary.TryLoad(library, typeof(ImageCodecs).Assembly, null, out _))
            {
                missing.Add($"{library} (Debian package {package})");
            }
        }

        return missing.Count == 0 ? null : $"Image codecs are not installed: {string.Join(", ", missing)}.";
    }
}

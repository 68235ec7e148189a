using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Images;

/// <summary>Whether, and within which bounds, images are fetched from URLs in requests. Read once at start.</summary>
public sealed class ImageUrlOptions
{
    public const string SectionName = "DeltaEdge:Worker:ImageUrls";

    /// <summary>Whether <c>image_url.url</c> may be http or https. Default false: images come in the request.</summary>
    public bool Allow { get; set; }

    /// <summary>Longest image file, bytes. Default 10 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int MaxBytes { get; set; } = 10 << 20;

    /// <summary>Time for all of a fetch, redirects included, milliseconds. Default 2000.</summary>
    [Range(10, 60_000)]
    public int TimeoutMs { get; set; } = 2000;

    /// <summary>Fetches at once; more are refused. Default 16.</summary>
    [Range(1, 1000)]
    public int MaxAtOnce { get; set; } = 16;
}

[OptionsValidator]
internal sealed partial class ImageUrlOptionsValidator : IValidateOptions<ImageUrlOptions>;

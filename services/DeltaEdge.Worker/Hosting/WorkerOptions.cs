using System.ComponentModel.DataAnnotations;
using DeltaEdge.Fabric.Workers;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Worker.Hosting;

/// <summary>A worker's own settings. Read once at start.</summary>
public sealed class WorkerOptions
{
    public const string SectionName = "DeltaEdge:Worker";

    /// <summary>Name of the worker in the fleet; default: the machine's name and the process id.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{0,64}$", ErrorMessage = "DeltaEdge:Worker:Id is up to 64 letters, digits, '.', '_' or '-'.")]
    public string Id { get; set; } = "";

    /// <summary>Address that gateways reach this worker at, an http or https URL; default: the one it listens on.</summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>Folder of the model package; default: models/nano beside the program or above it.</summary>
    public string ModelPath { get; set; } = "";

    /// <summary>Folders whose packages this worker may be told to change to while it serves; symbolic links are followed before the check. Default none: it never changes.</summary>
    public IList<string> PackageDirectories { get; } = [];

    /// <summary>Largest request body, bytes. Default 20 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int MaxBodyBytes { get; set; } = 20 << 20;

    /// <summary>Bytes of the bodies of all requests in flight together, at least MaxBodyBytes; a request that finds none left gets 503. Default 256 MiB.</summary>
    [Range(1024, 1L << 40)]
    public long MaxBodyBytesInFlight { get; set; } = 256L << 20;
}

[OptionsValidator]
internal sealed partial class WorkerOptionsValidator : IValidateOptions<WorkerOptions>;

/// <summary>What attributes cannot say.</summary>
internal sealed class WorkerOptionsCrossValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.AdvertisedAddress.Length > 0 && !WorkerAddress.TryParse(options.AdvertisedAddress, out _))
        {
            result.AddError($"{WorkerOptions.SectionName}:{nameof(options.AdvertisedAddress)} is '{options.AdvertisedAddress}'; it must be an http or https URL, such as http://worker-1:8081.");
        }

        if (options.MaxBodyBytesInFlight < options.MaxBodyBytes)
        {
            result.AddError(
                $"{WorkerOptions.SectionName}:{nameof(options.MaxBodyBytesInFlight)} is {options.MaxBodyBytesInFlight}; allowed is at least MaxBodyBytes ({options.MaxBodyBytes}), or the longest body could never be taken.");
        }

        return result.Build();
    }
}

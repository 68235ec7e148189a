using System.ComponentModel;
using System.Text.Json;
using DeltaEdge.Core.Models;
using DeltaEdge.Evaluation.Oracle;
using DeltaEdge.ModelCompiler;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Cli;

/// <summary>How every command ends that fails: what its user or the machine can put right is said in one line, a defect with its stack trace.</summary>
internal static class CommandEnd
{
    /// <summary>As shells count a program that was interrupted.</summary>
    public const int Stopped = 130;

    /// <summary>The command's exit code.</summary>
    public static async Task<int> OfAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException e) when (e.InnerException is not TimeoutException)
        {
            return Stopped;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(LineOf(e) ?? e.ToString());
            return 1;
        }
    }

    /// <summary>What to say of a failure that is no defect; null of one that is.</summary>
    internal static string? LineOf(Exception failure) => failure switch
    {
        AggregateException several => several.Flatten().InnerExceptions.Select(LineOf).ToArray() is var lines && Array.TrueForAll(lines, l => l is not null) ? string.Join(' ', lines) : null,
        ObjectDisposedException or ArgumentNullException or ArgumentOutOfRangeException => null,
        IOException or UnauthorizedAccessException or InvalidDataException or Win32Exception => failure.Message,
        ArgumentException or InvalidOperationException or FormatException or JsonException or OptionsValidationException => failure.Message,
        ModelPackageException or ManifestException or OracleException => failure.Message,
        HttpRequestException or OperationCanceledException { InnerException: TimeoutException } => failure.Message,
        _ => null,
    };
}

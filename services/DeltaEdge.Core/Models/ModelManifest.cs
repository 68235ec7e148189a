using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;

namespace DeltaEdge.Core.Models;

/// <summary>
/// A package's <c>manifest.json</c>: what the model was made for and how well it does it. Keys that are not listed here
/// are ignored, so that a newer package still serves.
/// </summary>
/// <param name="Name">Model name, as clients ask for it.</param>
/// <param name="Ladder">Budgets the model may be asked for, largest first; several only where the manifest says <c>elastic</c>, trained for all of them.</param>
/// <param name="Normalisation">Pixel normalisation; CLIP's unless the manifest says otherwise.</param>
/// <param name="Prompt">How to ask.</param>
/// <param name="Accuracy">Accuracy by budget and question kind on the profile half, which is planned with; absent for an unmeasured model.</param>
/// <param name="TestAccuracy">The same on the test half: what answers are graded by where none is really given; absent if it was not measured.</param>
public sealed record ModelManifest(
    string Name,
    TokenLadder Ladder,
    ImageNormalisation Normalisation,
    PromptTemplate Prompt,
    AccuracyProfile? Accuracy,
    AccuracyProfile? TestAccuracy)
{
    public const string FileName = "manifest.json";

    /// <summary>Reads the manifest of the package in a folder.</summary>
    /// <exception cref="ManifestException">The package has none, or it cannot be used; the message says what is wrong with what.</exception>
    public static ModelManifest Read(string packageDirectory)
    {
        var path = Path.Combine(packageDirectory, FileName);
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ManifestException(
                $"The model package {packageDirectory} has no {FileName}: it names the model, its budgets and its prompt, and is not part of a checkpoint. docs/models.md says how to write one.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ManifestException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="ManifestException">Not JSON, a key is missing, or a value is of the wrong kind; the message names the key.</exception>
    public static ModelManifest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return ManifestReader.Read(new ManifestSection(document.RootElement, ""));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ManifestException($"{FileName} is not valid JSON: {e.Message}", e);
        }
    }
}

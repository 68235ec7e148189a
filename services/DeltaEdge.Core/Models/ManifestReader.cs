using System.Collections.Immutable;
using System.Globalization;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.Core.Models;

/// <summary>Reads the parts of a manifest, as models/training writes them.</summary>
internal static class ManifestReader
{
    private const int DefaultMaxNewTokens = 128;

    public static ModelManifest Read(ManifestSection root)
    {
        var name = root.Text("name");
        var ladder = ReadLadder(root);
        if (!root.Flag("elastic") && ladder.Count > 1)
        {
            throw root.Unfit("elastic", $"is false, but the ladder has {ladder.Count} budgets; only a model trained for all of them may offer more than one");
        }

        var accuracy = root.OptionalSection("accuracy");
        return new ModelManifest(
            name,
            ladder,
            ReadNormalisation(root.OptionalSection("preprocessor")),
            ReadPrompt(root.Section("prompt")),
            ReadProfileHalf(accuracy, ladder, name),
            ReadTestHalf(accuracy, ladder, name));
    }

    private static TokenLadder ReadLadder(ManifestSection root)
    {
        var budgets = root.Reals("ladder") ?? throw root.Unfit("ladder", "is missing");
        try
        {
            return new TokenLadder([.. budgets.Select(b => (int)b)]);
        }
        catch (ArgumentException e)
        {
            throw root.Unfit("ladder", $"is [{string.Join(", ", budgets)}]: {e.Message}");
        }
    }

    private static ImageNormalisation ReadNormalisation(ManifestSection? section)
    {
        if (section is not { } preprocessor)
        {
            return ImageNormalisation.Clip;
        }

        return new ImageNormalisation(
            Channels("mean") ?? ImageNormalisation.Clip.Mean,
            Channels("std") ?? ImageNormalisation.Clip.Deviation);

        ImmutableArray<float>? Channels(string key) => preprocessor.Reals(key) switch
        {
            null => null,
            { Length: 3 } values => [.. values.Select(v => (float)v)],
            { } values => throw preprocessor.Unfit(key, $"has {values.Length} values, expected one each for red, green, blue"),
        };
    }

    private static PromptTemplate ReadPrompt(ManifestSection prompt)
    {
        var longest = prompt.Whole("max_new_tokens", DefaultMaxNewTokens);
        if (longest < 1)
        {
            throw prompt.Unfit("max_new_tokens", $"is {longest}; an answer has at least 1");
        }

        var after = prompt.Text("after_image_template");
        return after.Contains(PromptTemplate.QuestionMark, StringComparison.Ordinal)
            ? new PromptTemplate(
                prompt.Text("before_image"),
                after,
                prompt.Whole("bos_token_id"),
                prompt.Whole("eos_token_id"),
                longest)
            : throw prompt.Unfit("after_image_template", $"does not hold {PromptTemplate.QuestionMark}");
    }

    // accuracy.profile.exact_match[budget][kind]
    private static AccuracyProfile? ReadProfileHalf(ManifestSection? accuracy, TokenLadder ladder, string name) => accuracy?.Section("profile") is { } half
        ? Profile(ladder, ReadCurves(half, ladder, ReadShare), $"profile@{name}", ReadAsked(half))
        : null;

    // accuracy.test.exact_match[budget][kind].value, optional; beside the value stands its interval.
    private static AccuracyProfile? ReadTestHalf(ManifestSection? accuracy, TokenLadder ladder, string name) => accuracy?.OptionalSection("test") is { } half
        ? Profile(ladder, ReadCurves(half, ladder, (row, kind) => ReadShare(row.Section(kind), "value")), $"test@{name}", [])
        : null;

    private static AccuracyProfile? Profile(TokenLadder ladder, Dictionary<QuestionKind, ImmutableArray<double>> curves, string basis, Dictionary<QuestionKind, int> asked) =>
        curves.Count == 0 ? null : new(ladder, curves, basis, asked);

    // Kinds unknown here (training aids) are left out; without any other there is no profile.
    private static Dictionary<QuestionKind, ImmutableArray<double>> ReadCurves(ManifestSection half, TokenLadder ladder, Func<ManifestSection, string, double> cell)
    {
        var table = half.Section("exact_match");
        var curves = new Dictionary<QuestionKind, ImmutableArray<double>.Builder>();
        foreach (var budget in ladder.Budgets)
        {
            var row = table.Section(budget.ToString(CultureInfo.InvariantCulture));
            var seen = new HashSet<QuestionKind>();
            foreach (var key in row.Keys)
            {
                if (QuestionKinds.TryParse(key, out var kind))
                {
                    if (!seen.Add(kind))
                    {
                        throw row.Unfit(key, $"names {kind.Name()} a second time");
                    }

                    curves.TryAdd(kind, ImmutableArray.CreateBuilder<double>(ladder.Count));
                    curves[kind].Add(cell(row, key));
                }
            }
        }

        return curves.Where(c => c.Value.Count == ladder.Count).ToDictionary(c => c.Key, c => c.Value.ToImmutable());
    }

    private static double ReadShare(ManifestSection row, string key) => row.Real(key) switch
    {
        >= 0 and <= 1 and var share => share,
        var other => throw row.Unfit(key, string.Create(CultureInfo.InvariantCulture, $"is {other}, expected a share of right answers from 0 to 1")),
    };

    // accuracy.profile.n[kind], optional: how many questions each was measured on.
    private static Dictionary<QuestionKind, int> ReadAsked(ManifestSection profile)
    {
        var asked = new Dictionary<QuestionKind, int>();
        foreach (var key in profile.OptionalSection("n")?.Keys ?? [])
        {
            if (QuestionKinds.TryParse(key, out var kind))
            {
                asked[kind] = (int)profile.Section("n").Real(key);
            }
        }

        return asked;
    }
}

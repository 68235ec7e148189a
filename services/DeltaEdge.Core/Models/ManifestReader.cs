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
        return new ModelManifest(
            name,
            ladder,
            root.Flag("elastic"),
            ReadNormalisation(root.OptionalSection("preprocessor")),
            ReadPrompt(root.Section("prompt")),
            ReadAccuracy(root.OptionalSection("accuracy"), ladder, name));
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
        var after = prompt.Text("after_image_template");
        return after.Contains(PromptTemplate.QuestionMark, StringComparison.Ordinal)
            ? new PromptTemplate(
                prompt.Text("before_image"),
                after,
                prompt.Whole("bos_token_id"),
                prompt.Whole("eos_token_id"),
                prompt.Whole("max_new_tokens", DefaultMaxNewTokens))
            : throw prompt.Unfit("after_image_template", $"does not hold {PromptTemplate.QuestionMark}");
    }

    // accuracy.profile.exact_match[budget][kind]; kinds unknown here (training aids) are left out.
    private static AccuracyProfile? ReadAccuracy(ManifestSection? section, TokenLadder ladder, string name)
    {
        if (section is not { } accuracy)
        {
            return null;
        }

        var table = accuracy.Section("profile").Section("exact_match");
        var curves = new Dictionary<QuestionKind, ImmutableArray<double>.Builder>();
        foreach (var budget in ladder.Budgets)
        {
            var row = table.Section(budget.ToString(CultureInfo.InvariantCulture));
            foreach (var key in row.Keys)
            {
                if (QuestionKinds.TryParse(key, out var kind))
                {
                    curves.TryAdd(kind, ImmutableArray.CreateBuilder<double>(ladder.Count));
                    curves[kind].Add(row.Real(key));
                }
            }
        }

        var whole = curves.Where(c => c.Value.Count == ladder.Count).ToDictionary(c => c.Key, c => c.Value.ToImmutable());
        return new AccuracyProfile(ladder, whole, $"profile@{name}", ReadAsked(accuracy.Section("profile")));
    }

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

using System.Text;
using System.Text.Json.Nodes;
using DeltaEdge.Core.Models;
using DeltaEdge.Core.Questions;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class ModelManifestTests
{
    private const string Valid = """
        {
          "schema_version": 1, "name": "nano", "ladder": [16, 4, 1], "elastic": true, "something_new": {"x": 1},
          "preprocessor": {"width": 336, "mean": [0.5, 0.4, 0.3], "std": [0.2, 0.2, 0.2]},
          "prompt": {"before_image": "USER: ", "after_image_template": "\n{question} ASSISTANT:", "bos_token_id": 1, "eos_token_id": 2, "max_new_tokens": 192},
          "accuracy": {"profile": {"exact_match": {
            "16": {"yes_no": 0.9, "count": 0.6, "digit": 0.3}, "4": {"yes_no": 0.8, "count": 0.5, "digit": 0.2}, "1": {"yes_no": 0.7, "count": 0.4, "digit": 0.1}}},
            "test": {"exact_match": {
            "16": {"yes_no": {"value": 0.91, "low": 0.8}, "digit": {"value": 0.3}}, "4": {"yes_no": {"value": 0.81}}, "1": {"yes_no": {"value": 0.71}}}}}
        }
        """;

    [Fact]
    public void Valid_GivesEveryPart()
    {
        var manifest = Parse(Valid);
        Assert.Equal("nano", manifest.Name);
        Assert.Equal([16, 4, 1], manifest.Ladder.Budgets);
        Assert.Equal([0.5f, 0.4f, 0.3f], manifest.Normalisation.Mean);
        Assert.Equal("\nHow many? ASSISTANT:", manifest.Prompt.AfterImageFor("How many?"));
        Assert.Equal(192, manifest.Prompt.MaxNewTokens);
        Assert.Equal(0.8, manifest.Accuracy!.Expected(4, QuestionKind.YesNo));
        Assert.Equal(0.55, manifest.Accuracy.Expected(1, QuestionKind.Where), 9); // not measured: the mean of those that are
        Assert.Equal("profile@nano", manifest.Accuracy.Basis);
        Assert.Equal(0.81, manifest.TestAccuracy!.Expected(4, QuestionKind.YesNo));
        Assert.Equal("test@nano", manifest.TestAccuracy.Basis);
    }

    [Fact]
    public void WithoutOptionalParts_TakesDefaults()
    {
        var root = JsonNode.Parse(Valid)!.AsObject();
        root.Remove("preprocessor");
        root.Remove("accuracy");
        root["prompt"]!.AsObject().Remove("max_new_tokens");
        var manifest = Parse(root.ToJsonString());
        Assert.Null(manifest.Accuracy);
        Assert.Null(manifest.TestAccuracy);
        Assert.Equal(ImageNormalisation.Clip, manifest.Normalisation);
        Assert.Equal(128, manifest.Prompt.MaxNewTokens);
    }

    [Fact]
    public void WithoutATestHalf_StillHasTheProfileHalf()
    {
        var root = JsonNode.Parse(Valid)!;
        root["accuracy"]!.AsObject().Remove("test");
        var manifest = Parse(root.ToJsonString());
        Assert.Equal((0.8, true), (manifest.Accuracy!.Expected(4, QuestionKind.YesNo), manifest.TestAccuracy is null));
    }

    [Theory]
    [InlineData("name", "'name' is missing")]
    [InlineData("ladder", "'ladder' is missing")]
    [InlineData("elastic", "'elastic' is missing")]
    [InlineData("prompt", "'prompt' is missing")]
    [InlineData("prompt.before_image", "'prompt.before_image' is missing")]
    [InlineData("prompt.after_image_template", "'prompt.after_image_template' is missing")]
    [InlineData("prompt.eos_token_id", "'prompt.eos_token_id' is missing")]
    [InlineData("accuracy.profile", "'accuracy.profile' is missing")]
    [InlineData("accuracy.profile.exact_match.4", "'accuracy.profile.exact_match.4' is missing")]
    [InlineData("accuracy.test.exact_match.4.yes_no.value", "'accuracy.test.exact_match.4.yes_no.value' is missing")]
    public void MissingKey_IsNamed(string path, string expected)
    {
        var root = JsonNode.Parse(Valid)!;
        var parts = path.Split('.');
        var parent = parts[..^1].Aggregate(root, (node, part) => node[part]!);
        parent.AsObject().Remove(parts[^1]);
        Assert.Contains(expected, Refused(root.ToJsonString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"ladder\": [16, 4, 1]", "\"ladder\": [4, 16]", "'ladder'")]
    [InlineData("\"ladder\": [16, 4, 1]", "\"ladder\": [\"16\"]", "'ladder' is [\"16\"], expected an array of numbers")]
    [InlineData("\"elastic\": true", "\"elastic\": \"yes\"", "'elastic' is \"yes\", expected true or false")]
    [InlineData("\"elastic\": true", "\"elastic\": false", "'elastic' is false, but the ladder has 3 budgets")]
    [InlineData("{question}", "{q}", "'prompt.after_image_template' does not hold {question}")]
    [InlineData("\"max_new_tokens\": 192", "\"max_new_tokens\": 0", "'prompt.max_new_tokens' is 0")]
    [InlineData("[0.5, 0.4, 0.3]", "[0.5]", "'preprocessor.mean' has 1 values")]
    [InlineData("\"count\": 0.5", "\"count\": 98.1", "'accuracy.profile.exact_match.4.count' is 98.1, expected a share of right answers from 0 to 1")]
    [InlineData("\"count\": 0.5", "\"count\": -0.1", "'accuracy.profile.exact_match.4.count' is -0.1, expected a share")]
    [InlineData("\"count\": 0.5", "\"read\": 0.5, \"ocr\": 0.5", "'accuracy.profile.exact_match.4.ocr' names read a second time")]
    [InlineData("\"schema_version\": 1,", "\"schema_version\": 1", "not valid JSON")]
    public void WrongValue_IsNamed(string from, string to, string expected) =>
        Assert.Contains(expected, Refused(Valid.Replace(from, to, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void OneBudget_NeedNotBeElastic()
    {
        var root = JsonNode.Parse(Valid)!.AsObject();
        root["ladder"] = new JsonArray(16);
        root["elastic"] = false;
        Assert.Equal([16], Parse(root.ToJsonString()).Ladder.Budgets);
    }

    [Fact]
    public void AccuracyOfNoKnownKind_IsNoProfile() => Assert.Null(Parse(Valid
        .Replace("yes_no", "find", StringComparison.Ordinal).Replace("count", "guess", StringComparison.Ordinal)).Accuracy);

    [Fact]
    public void NotAnObject_IsRefused() => Assert.Contains("expected an object", Refused("[]"), StringComparison.Ordinal);

    private static string Refused(string json) => Assert.Throws<ManifestException>(() => Parse(json)).Message;

    private static ModelManifest Parse(string json) => ModelManifest.Parse(Encoding.UTF8.GetBytes(json));
}

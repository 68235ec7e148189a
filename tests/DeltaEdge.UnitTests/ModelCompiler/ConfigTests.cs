using System.Text.Json;
using DeltaEdge.ModelCompiler;
using DeltaEdge.ModelCompiler.Package;
using DeltaEdge.ModelCompiler.Projectors;
using DeltaEdge.ModelCompiler.Projectors.Delta;

namespace DeltaEdge.UnitTests.ModelCompiler;

public sealed class ConfigTests
{
    [Fact]
    public void EmptyConfig_IsLlava15With7BDefaults()
    {
        var vision = VisionConfig.Read(Root("{}"), "config.json");
        Assert.Equal((1024, 24, 16, 24, Activation.QuickGelu), (vision.HiddenSize, vision.Layers, vision.Heads, vision.Grid, vision.Activation));
        var text = TextConfig.Read(Root("{}"), "config.json");
        Assert.Equal((4096, 32, 32, 128, 11008), (text.HiddenSize, text.Layers, text.KeyValueHeads, text.HeadSize, text.IntermediateSize));
        Assert.Equal("mlp2x_gelu", ProjectorFamilies.NameOf(Root("{}")));
        var delta = DeltaConfig.Read(Root("{}"), vision, "config.json");
        Assert.Equal([12, 16, 22, 23], delta.Taps);
        Assert.Equal(23, delta.QueryState); // -2 of 24 blocks and the embedding
        Assert.Equal([2], delta.Scales);
    }

    [Theory]
    [InlineData("""{"vision_config": 3}""", "'vision_config' is 3, expected an object")]
    [InlineData("""{"vision_config": {"hidden_size": "wide"}}""", "'vision_config.hidden_size' is \"wide\", expected a whole number above 0")]
    [InlineData("""{"vision_config": {"hidden_size": 0}}""", "'vision_config.hidden_size' is 0")]
    [InlineData("""{"vision_config": {"hidden_act": "relu"}}""", "'vision_config.hidden_act' is 'relu'; allowed: gelu, quick_gelu")]
    [InlineData("""{"vision_config": {"image_size": 335}}""", "335/14")]
    [InlineData("""{"vision_feature_select_strategy": "full"}""", "'vision_feature_select_strategy' is 'full'; allowed: default")]
    [InlineData("""{"mm_vision_select_feature": "cls_patch"}""", "'mm_vision_select_feature' is 'cls_patch'; allowed: patch")]
    public void WrongVision_NamesTheKey(string json, string expected) => AssertRefused(expected, () => VisionConfig.Read(Root(json), "config.json"));

    [Theory]
    [InlineData("""{"text_config": {"model_type": "mamba"}}""", "'text_config.model_type' is 'mamba'; allowed: llama")]
    [InlineData("""{"text_config": {"rope_scaling": {"type": "linear"}}}""", "'text_config.rope_scaling' is 'set'; allowed: null")]
    [InlineData("""{"text_config": {"rope_parameters": {"rope_type": "llama3"}}}""", "'text_config.rope_parameters.rope_type' is 'llama3'; allowed: default")]
    [InlineData("""{"text_config": {"attention_bias": true}}""", "'text_config.attention_bias' is 'true'; allowed: false")]
    [InlineData("""{"text_config": {"mlp_bias": true}}""", "'text_config.mlp_bias' is 'true'; allowed: false")]
    [InlineData("""{"text_config": {"hidden_act": "gelu"}}""", "'text_config.hidden_act' is 'gelu'; allowed: silu")]
    [InlineData("""{"model_type": "llava_qwen"}""", "'model_type' is 'llava_qwen'; allowed: llama, llava, llava_llama")]
    [InlineData("""{"text_config": {"tie_word_embeddings": 1}}""", "'text_config.tie_word_embeddings' is 1, expected true or false")]
    [InlineData("""{"text_config": {"num_attention_heads": 3, "num_key_value_heads": 2}}""", "3/2")]
    [InlineData("""{"text_config": {"head_dim": 24}}""", "head size divisible by 16")]
    [InlineData("""{"text_config": {"rms_norm_eps": "tiny"}}""", "'text_config.rms_norm_eps' is \"tiny\", expected a number")]
    public void WrongText_NamesTheKey(string json, string expected) => AssertRefused(expected, () => TextConfig.Read(Root(json), "config.json"));

    [Theory]
    [InlineData("""{"delta": {"scales": [1, 5]}}""", "'delta.scales' is '5'; allowed: divisors of 24")]
    [InlineData("""{"delta": {"tap_layers": [1, 99]}}""", "'delta.tap_layers' names layer 99; the tower has 24")]
    [InlineData("""{"delta": {"raw_grid": 12}}""", "'delta.raw_grid' is '12'")]
    public void WrongDelta_NamesTheKey(string json, string expected) => AssertRefused(
        expected, () => DeltaConfig.Read(Root(json), VisionConfig.Read(Root("{}"), "config.json"), "config.json"));

    [Theory]
    [InlineData("llama")]
    [InlineData("llava")]
    [InlineData("llava_llama")]
    public void KeysAtTheTop_AreThoseOfALlama(string type) =>
        Assert.Equal(64, TextConfig.Read(Root($$"""{"model_type": "{{type}}", "num_hidden_layers": 64}"""), "config.json").Layers);

    [Theory]
    [InlineData("{}", 10_000)]
    [InlineData("""{"rope_theta": 500000}""", 500_000)]
    [InlineData("""{"rope_parameters": {"rope_theta": 1000000, "rope_type": "default"}}""", 1_000_000)]
    [InlineData("""{"rope_theta": 500000, "rope_parameters": {"rope_type": "default"}}""", 500_000)]
    public void RopeTheta_StandsWhereOldAndNewConfigsHaveIt(string json, float theta) =>
        Assert.Equal(theta, TextConfig.Read(Root(json), "config.json").RopeTheta);

    [Fact]
    public void OtherActivationOfTheMlpProjector_NamesTheKey()
    {
        var config = Root("""{"projector_hidden_act": "relu"}""");
        var context = new ProjectorContext(null!, config, "config.json", VisionConfig.Read(config, "config.json"), 4096, Fold: true);
        AssertRefused("'projector_hidden_act' is 'relu'; allowed: gelu", () => new MlpProjector(context));
    }

    [Fact]
    public void UnknownProjector_ListsTheKnown()
    {
        var config = Root("""{"mm_projector_type": "qformer"}""");
        var context = new ProjectorContext(null!, config, "config.json", VisionConfig.Read(config, "config.json"), 4096, Fold: true);
        AssertRefused("'mm_projector_type' is 'qformer'; allowed: delta, mlp2x_gelu", () => ProjectorFamilies.Create(ProjectorFamilies.NameOf(config), context));
    }

    private static void AssertRefused(string expected, Func<object> read)
    {
        var error = Assert.Throws<ModelPackageException>(read);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ConfigSection Root(string json) => ConfigSection.Root(JsonDocument.Parse(json).RootElement, "config.json");
}

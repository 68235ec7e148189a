using System.ClientModel;
using System.Text;
using DeltaEdge.EndToEndTests.Fixtures;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace DeltaEdge.EndToEndTests;

/// <summary>The official OpenAI client against the gateway.</summary>
public sealed class OpenAiClientTests(EmbeddedSystemFixture system)
{
    [Fact]
    public async Task ImageQuestion_IsAnsweredWithTrueUsage()
    {
        var completion = (await CreateClient().CompleteChatAsync([Question("Is there a red car?")])).Value;

        Assert.Contains(completion.Content[0].Text, (string[])["yes", "no"]);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.True(completion.Usage.InputTokenCount > 1);
        Assert.True(completion.Usage.OutputTokenCount >= 1);
    }

    [Fact]
    public async Task ModelAskedForByName_IsThere()
    {
        var model = new OpenAIModelClient(new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri(system.Address, "/v1") });

        var served = Assert.Single((await model.GetModelsAsync()).Value);

        Assert.Equal(served.Id, (await model.GetModelAsync(served.Id)).Value.Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => model.GetModelAsync("gpt-5"))).Status);
    }

    [Fact]
    public async Task StreamedQuestion_YieldsTheSameText()
    {
        var whole = (await CreateClient().CompleteChatAsync([Question("How many cars are there?")])).Value.Content[0].Text;

        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        await foreach (var update in CreateClient().CompleteChatStreamingAsync([Question("How many cars are there?")]))
        {
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
            }

            finish = update.FinishReason ?? finish;
        }

        Assert.Equal(whole, text.ToString());
        Assert.Equal(ChatFinishReason.Stop, finish);
    }

    private static UserChatMessage Question(string text) => new(
        ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(File.ReadAllBytes(Repository.Sample("carpark.jpg"))), "image/jpeg", ChatImageDetailLevel.High),
        ChatMessageContentPart.CreateTextPart(text));

    private ChatClient CreateClient() => new("delta-nano", new ApiKeyCredential("unused"), new OpenAIClientOptions { Endpoint = new Uri(system.Address, "/v1") });
}

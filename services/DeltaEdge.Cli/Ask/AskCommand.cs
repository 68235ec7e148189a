using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Questions;
using DeltaEdge.Imaging.Decoding;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Worker.Asking;
using DeltaEdge.Worker.Chat;

namespace DeltaEdge.Cli.Ask;

/// <summary><c>deltaedge ask image.jpg "How many cars are there?"</c>: one answer, no server.</summary>
internal static class AskCommand
{
    private const string Auto = "auto";

    public static Command Create()
    {
        var image = new Argument<string>("image") { Description = "JPEG, PNG or WebP file." };
        var question = new Argument<string>("question") { Description = "The question, in quotes." };
        var budget = new Option<string>("--budget") { Description = $"Visual tokens to spend: {TokenLadder.Default}, or auto for the one that is expected to answer best in time.", DefaultValueFactory = _ => Auto };
        var deadline = new Option<int>("--deadline-ms") { Description = "Milliseconds the answer may take.", DefaultValueFactory = _ => 5000 };
        var json = new Option<bool>("--json") { Description = "Print what the answer was given and what it took, as JSON." };
        var model = new Option<string?>("--model") { Description = "Model package; default: the one that ships." };
        var command = new Command("ask", "Answer one question about one image. Example: deltaedge ask models/nano/samples/carpark.jpg \"How many cars are there?\" --budget 144 --json")
        {
            image, question, budget, deadline, json, model,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(image)!, parsed.GetValue(question)!, parsed.GetValue(budget)!, parsed.GetValue(deadline), parsed.GetValue(json), parsed.GetValue(model), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string image, string question, string budget, int deadlineMs, bool json, string? model, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(image, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse($"Cannot read {image}: {e.Message}");
        }

        await using var local = LocalEngine.Start(model);
        var ladder = local.Engine.Ladder;
        if (!TryRange(budget, ladder, out var range))
        {
            return Refuse($"--budget is '{budget}'; allowed: {ladder}, or {Auto}.");
        }

        if (question.Trim().Length == 0)
        {
            return Refuse("The question is empty.");
        }

        if (!new FrameReader(local.Engine.ImageSize, new ImageLimits()).Open(bytes, "image").TryGet(out var frame, out var error) || !frame.Read().TryGet(out _, out error))
        {
            return Refuse($"{image}: {error.Message}");
        }

        return await AnswerAsync(local, frame, question.Trim(), range, deadlineMs, json, cancellationToken);
    }

    private static async Task<int> AnswerAsync(LocalEngine local, VisionFrame frame, string question, BudgetRange range, int deadlineMs, bool json, CancellationToken cancellationToken)
    {
        var now = local.Clock.Now;
        var ask = new AskRequest
        {
            Frame = frame,
            Question = question,
            Kind = QuestionClassifier.Classify(question),
            Range = range,
            SlaClass = "flex",
            CapturedAt = now,
            Deadline = now + TimeSpan.FromMilliseconds(deadlineMs),
        };
        var outcome = await local.Engine.AskAsync(ask, cancellationToken);
        if (AskErrors.Of(outcome, deadlineMs, "ask") is { } error)
        {
            return Refuse(error.Message);
        }

        var info = new AnswerInfos(local.Engine, "local").Of(outcome, ask);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new AskReply(outcome.Text, outcome.PromptTokens, outcome.CompletionTokens, info), AskJson.Default.AskReply));
        }
        else
        {
            Console.WriteLine(outcome.Text);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"({info.Budget} visual tokens, {info.Latency.TotalMs:0} ms, expected accuracy {100 * info.ExpectedAccuracy:0} % for {info.QuestionKind})"));
        }

        return 0;
    }

    private static bool TryRange(string budget, TokenLadder ladder, out BudgetRange range)
    {
        range = BudgetRange.Whole(ladder);
        if (budget == Auto)
        {
            return true;
        }

        if (!int.TryParse(budget, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) || !ladder.Contains(tokens))
        {
            return false;
        }

        range = new(tokens, tokens);
        return true;
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}

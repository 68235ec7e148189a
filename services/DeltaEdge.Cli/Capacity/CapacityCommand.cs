using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DeltaEdge.Cli.Ask;
using DeltaEdge.Core.Budgets;
using DeltaEdge.Core.Capacity;
using DeltaEdge.Core.Questions;
using DeltaEdge.Evaluation.Figures;
using DeltaEdge.Worker.Hosting;

namespace DeltaEdge.Cli.Capacity;

/// <summary><c>deltaedge capacity</c>: how many cameras this machine takes, at which budget.</summary>
internal static class CapacityCommand
{
    private const int Repeats = 20;
    private const int QuickRepeats = 5;
    private const int VerifySeconds = 20;

    public static Command Create()
    {
        var fps = new Option<double>("--fps") { Description = "Frames per second of each camera, 0.1 to 30.", DefaultValueFactory = _ => 1 };
        var questions = new Option<string>("--questions") { Description = $"Questions about each frame: a number, or kinds ({QuestionKinds.Allowed}) with commas between.", DefaultValueFactory = _ => "3" };
        var sla = new Option<int>("--sla-ms") { Description = "Milliseconds from capture to answer.", DefaultValueFactory = _ => 300 };
        var accuracy = new Option<double>("--accuracy") { Description = "Mean expected accuracy that is wanted, 0 to 1.", DefaultValueFactory = _ => 0.9 };
        var workers = new Option<int>("--workers") { Description = "Machines like this one.", DefaultValueFactory = _ => 1 };
        var quick = new Option<bool>("--quick") { Description = "Measure fewer rounds." };
        var verify = new Option<bool>("--verify") { Description = $"Then run that many cameras against the engine for {VerifySeconds} s." };
        var output = new Option<string>("--out") { Description = "Folder for capacity.json and latency-profile.svg.", DefaultValueFactory = _ => "artifacts/capacity" };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var model = new Option<string?>("--model") { Description = "Model package; default: the one that ships." };
        var command = new Command("capacity", "Measure this machine and say how many cameras it takes. Example: deltaedge capacity --fps 1 --questions 3 --sla-ms 300 --accuracy 0.9 --verify")
        {
            fps, questions, sla, accuracy, workers, quick, verify, output, json, model,
        };
        command.SetAction((parsed, cancellation) => SampleQuestions.Parse(parsed.GetValue(questions)!) is { } kinds
            ? RunAsync(
                new CapacitySettings(
                    parsed.GetValue(model), parsed.GetValue(fps), kinds, parsed.GetValue(sla), parsed.GetValue(accuracy), parsed.GetValue(workers),
                    parsed.GetValue(quick) ? QuickRepeats : Repeats, parsed.GetValue(verify) ? VerifySeconds : 0, parsed.GetValue(output)!, parsed.GetValue(json)),
                cancellation)
            : Task.FromResult(Refuse($"--questions is '{parsed.GetValue(questions)}'; allowed: 1 to 16, or up to 16 of {QuestionKinds.Allowed} with commas between.")));
        return command;
    }

    private static async Task<int> RunAsync(CapacitySettings settings, CancellationToken cancellationToken)
    {
        if (Problem(settings) is { } problem)
        {
            return Refuse(problem);
        }

        await using var local = LocalEngine.Start(settings.Model);
        var report = await MeasureAsync(local, settings, cancellationToken);
        var json = JsonSerializer.Serialize(report, CapacityJson.Default.CapacityReport);
        Console.WriteLine(settings.Json ? json : CapacityTable.Write(report)); // First: where nothing can be written, the minutes were not for nothing.
        Directory.CreateDirectory(settings.Output);
        await File.WriteAllTextAsync(Path.Combine(settings.Output, "capacity.json"), json, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(settings.Output, "latency-profile.svg"), Draw(report), cancellationToken);
        Console.Error.WriteLine($"Written: {settings.Output}/capacity.json, latency-profile.svg");
        return 0;
    }

    private static async Task<CapacityReport> MeasureAsync(LocalEngine local, CapacitySettings settings, CancellationToken cancellationToken)
    {
        var (engine, ladder) = (local.Engine, local.Engine.Ladder);
        var asker = SampleAsker.Open(engine, local.Clock, ModelLocation.Find(settings.Model));
        var tokens = new Dictionary<QuestionKind, int>();
        foreach (var kind in settings.Questions.Distinct())
        {
            tokens[kind] = await asker.AnswerTokensAsync(kind, ladder[ladder.Count / 2]);
        }

        var first = settings.Questions[0];
        var cells = await new HeatMap(asker, ladder, local.Clock).MeasureAsync(
            first, settings.Repeats, round => Console.Error.WriteLine($"Measuring latency by budget and batch: round {round} of {settings.Repeats}"), cancellationToken);
        var shape = new StreamShape
        {
            FramesPerSecond = settings.FramesPerSecond,
            Questions = [.. settings.Questions.Select(kind => new ExpectedQuestion(kind, tokens[kind]))],
            DeadlineSeconds = settings.DeadlineMs / 1000.0,
            Range = BudgetRange.Whole(ladder),
        };
        var limits = new CapacityLimits();
        limits = limits with { TailMargin = Math.Max(limits.TailMargin, ProfileFit.TailMargin(cells)) };
        var model = new CapacityModel(ProfileFit.Fit(engine.Profile, cells, tokens[first]), engine.Accuracy, limits);
        var answer = model.Answer(shape, settings.Workers, settings.Accuracy);
        var rows = answer.Budgets.Select(CapacityRow.Of).ToArray();
        var best = answer.Best is null ? null : CapacityRow.Of(answer.Best);
        var report = new CapacityReport
        {
            Model = engine.ModelName,
            FramesPerSecond = settings.FramesPerSecond,
            Questions = [.. settings.Questions.Select(kind => kind.Name())],
            AnswerTokens = [.. settings.Questions.Select(kind => tokens[kind])],
            DeadlineMs = settings.DeadlineMs,
            AccuracyFloor = settings.Accuracy,
            AccuracyBasis = engine.Accuracy.Basis,
            Workers = settings.Workers,
            TailMargin = Math.Round(limits.TailMargin, 2),
            Latency = [.. cells.Select(c => new HeatCell(ladder[c.Rung], c.Batch, Math.Round(1000 * c.MedianSeconds, 2), Math.Round(1000 * c.P95Seconds, 2)))],
            Budgets = rows,
            Best = best,
            Answer = CapacityTable.Sentence(settings, best, rows),
        };
        if (best is null || settings.VerifySeconds == 0)
        {
            return report;
        }

        Console.Error.WriteLine($"Trying {best.Streams / settings.Workers} cameras at {best.Budget} visual tokens for {settings.VerifySeconds} s");
        return report with { Trial = await new CapacityTrial(asker, engine, local.Clock).RunAsync(settings, best.Budget, best.Streams / settings.Workers, cancellationToken) };
    }

    private static string Draw(CapacityReport report) => LatencyProfileFigure.Draw(
        "Latency by budget and batch",
        $"{report.Model}: fresh frames asked at once, milliseconds until the last answer, medians",
        [.. report.Latency.Select(c => new LatencyCell(c.Budget, c.Batch, c.MedianMs))]);

    private static string? Problem(CapacitySettings settings) => settings switch
    {
        { FramesPerSecond: not (>= 0.1 and <= 30) } => string.Create(CultureInfo.InvariantCulture, $"--fps is {settings.FramesPerSecond}; allowed: 0.1 to 30."),
        { DeadlineMs: < 10 or > 600_000 } => $"--sla-ms is {settings.DeadlineMs}; allowed: 10 to 600000.",
        { Accuracy: not (>= 0 and <= 1) } => string.Create(CultureInfo.InvariantCulture, $"--accuracy is {settings.Accuracy}; allowed: 0 to 1."),
        { Workers: < 1 or > 10_000 } => $"--workers is {settings.Workers}; allowed: 1 to 10000.",
        _ => null,
    };

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}

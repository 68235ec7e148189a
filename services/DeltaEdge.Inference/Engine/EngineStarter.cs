using System.Diagnostics.Metrics;
using DeltaEdge.Core.Models;
using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Profiles;
using DeltaEdge.Core.Sla;
using DeltaEdge.Core.Time;
using DeltaEdge.Inference.Asking;
using DeltaEdge.Inference.Preprocessing;
using DeltaEdge.Inference.Profiling;
using DeltaEdge.Inference.Running;
using DeltaEdge.Inference.Sessions;
using DeltaEdge.Inference.Tokenization;
using Microsoft.Extensions.Logging;

namespace DeltaEdge.Inference.Engine;

/// <summary>Opens a model, measures or recalls its latency profile, warms every graph, and starts the engine.</summary>
public sealed partial class EngineStarter(EngineOptions options, MonotonicClock clock, IMeterFactory meters, ILogger<EngineStarter> logger, SlaCatalog? classes = null)
{
    private readonly EngineGauges _gauges = new(meters);

    /// <summary>An engine that is ready. Takes seconds: call it off the path of requests.</summary>
    /// <exception cref="InvalidOperationException">The model and the options do not fit each other; the message names the option.</exception>
    public IVisionEngine Start(EngineModel model, CancellationToken cancellationToken = default) => Start(model, known: null, isQuiet: true, cancellationToken);

    /// <summary>The same while another engine serves, which disturbs what is measured: a new profile is used, but not kept for later starts.</summary>
    /// <inheritdoc cref="Start(EngineModel, CancellationToken)"/>
    public IVisionEngine StartBeside(EngineModel model, CancellationToken cancellationToken = default) => Start(model, known: null, isQuiet: false, cancellationToken);

    internal VisionEngine Start(EngineModel model, LatencyProfile? known, bool isQuiet = true, CancellationToken cancellationToken = default)
    {
        var began = clock.Now;
        var ladder = model.Manifest.Ladder;
        RequireBudgets(model);
        var policy = ServingPolicies.Find(options.Policy, ladder)
            ?? throw new InvalidOperationException($"{EngineOptions.SectionName}:Policy is '{options.Policy}'; allowed: {ServingPolicies.Allowed} with a budget of {ladder}.");
        var tokenizer = BpeTokenizer.Load(model.TokenizerPath);
        RequireEmbeddings(model, tokenizer);
        var isReady = false;
        var sessions = new SessionFactory(options.EffectiveProviders, options.EffectiveThreads, options.SpinMicroseconds, logger, built: () => _gauges.Built(isReady));
        var runner = Open(model, tokenizer, sessions);
        try
        {
            var profile = known ?? FindProfile(model, runner, tokenizer, sessions.Provider, isQuiet, cancellationToken);
            isReady = true;
            var engine = new VisionEngine(model, runner, tokenizer, profile, policy, options, new EngineMetrics(meters, ladder), clock, logger, classes);
            _gauges.Observe(engine);
            LogReady(
                model.Manifest.Name, sessions.Provider, options.EffectiveThreads, runner.Arena.Rows, runner.CacheBytes >> 20, (long)(clock.Now - began).TotalMilliseconds);
            if (options.Providers.FirstOrDefault() is { } wanted && wanted != sessions.Provider)
            {
                LogLesserProvider($"{EngineOptions.SectionName}:Providers", wanted, sessions.Provider);
            }

            return engine;
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    internal ModelRunner Open(EngineModel model, BpeTokenizer tokenizer, SessionFactory sessions)
    {
        var prompt = model.Manifest.Prompt;
        var normalisation = model.Manifest.Normalisation;
        return new ModelRunner(
            model.Compiled,
            [prompt.BosTokenId, .. tokenizer.Encode(prompt.BeforeImage)],
            new PixelNormalizer(normalisation.Mean.AsSpan(), normalisation.Deviation.AsSpan()),
            sessions,
            options.Slots,
            options.Prefixes,
            options.TextTokens,
            tokenizer.VocabularySize);
    }

    private static void RequireEmbeddings(EngineModel model, BpeTokenizer tokenizer)
    {
        if (tokenizer.VocabularySize > model.Compiled.Language.VocabularySize)
        {
            throw new InvalidOperationException(
                $"{EngineModel.TokenizerFile} has ids up to {tokenizer.VocabularySize - 1}, but the model's vocabulary has {model.Compiled.Language.VocabularySize}.");
        }
    }

    private static void RequireBudgets(EngineModel model)
    {
        foreach (var budget in model.Manifest.Ladder.Budgets)
        {
            if (!model.Compiled.ProjectorQueries.ContainsKey(budget))
            {
                throw new InvalidOperationException($"{ModelManifest.FileName} offers budget {budget}, but the compiled model has {string.Join(", ", model.Compiled.Ladder)}.");
            }
        }
    }

    private LatencyProfile FindProfile(EngineModel model, ModelRunner runner, BpeTokenizer tokenizer, string provider, bool isQuiet, CancellationToken cancellationToken)
    {
        var question = tokenizer.Encode(model.Manifest.Prompt.AfterImageFor("How many cars are there?"));
        var profiler = new LatencyProfiler(runner, model.Compiled.Vision.ImageSize, question, clock);
        var file = new ProfileFile(
            options.ProfileDirectory ?? model.Compiled.Directory,
            ProfileKey.Of(model.Compiled.ContentHash, provider, options.EffectiveThreads, options.SpinMicroseconds, options.Slots, question.Length),
            logger);
        if (file.Read(model.Manifest.Ladder) is { } known)
        {
            profiler.Warm(model.Manifest.Ladder);
            if (!isQuiet || !profiler.Outruns(known, cancellationToken))
            {
                return known;
            }

            LogOutrun(file.Path);
        }

        var profile = profiler.Measure(model.Manifest.Ladder, isQuiet, cancellationToken);
        if (isQuiet)
        {
            file.Write(profile);
        }

        return profile;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The machine is much faster than the latency profile {Path} says; it is measured anew", EventName = "ProfileOutrun")]
    private partial void LogOutrun(string path);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Model} is ready on {Provider} with {Threads} threads: {Slots} slots, {CacheMiB} MiB of key and value cache, {Milliseconds} ms",
        EventName = "EngineReady")]
    private partial void LogReady(string model, string provider, int threads, int slots, long cacheMiB, long milliseconds);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Setting} asks for {Wanted} first; it is not used, and the engine runs on {Provider}, slower. The reason is in the lines before, at level Information",
        EventName = "LesserProvider")]
    private partial void LogLesserProvider(string setting, string wanted, string provider);
}

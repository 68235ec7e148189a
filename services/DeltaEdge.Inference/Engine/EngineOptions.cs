using DeltaEdge.Core.Policies;
using DeltaEdge.Core.Scheduling;
using System.ComponentModel.DataAnnotations;
using DeltaEdge.Core.Questions;
using DeltaEdge.Inference.Sessions;
using Microsoft.Extensions.Options;

namespace DeltaEdge.Inference.Engine;

/// <summary>The engine's knobs. Read once at start.</summary>
public sealed class EngineOptions
{
    public const string SectionName = "DeltaEdge:Engine";

    /// <summary>Execution providers in the order they are tried. Default: tensorrt, cuda, cpu. The decoder runs on the CPU whatever is first.</summary>
    public IList<string> Providers { get; } = [];

    /// <summary>Threads that a run uses; 0 is one per core. Default 0.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>
    /// Microseconds that threads look out for the next piece of work before they sleep; 0 sleeps at once. Default 0: on cores that
    /// other processes use too, spinning made every stage slower (docs/log.md). 50 to 200 suits cores of the engine's own.
    /// </summary>
    [Range(0, 100_000)]
    public int SpinMicroseconds { get; set; }

    /// <summary>Answers that decode at once: rows of key and value cache. Default 8.</summary>
    [Range(1, 256)]
    public int Slots { get; set; } = 8;

    /// <summary>Visual prefixes (frame and budget) whose keys and values are kept for further questions. Default 4.</summary>
    [Range(0, 1024)]
    public int Prefixes { get; set; } = 4;

    /// <summary>Question and answer tokens that a row holds behind the largest budget; the model's context may leave less. Default 384.</summary>
    [Range(16, 1_000_000)]
    public int TextTokens { get; set; } = 384;

    /// <summary>Bytes of encoded frames that are kept; one frame is kept even if it needs more. Default 64 MiB.</summary>
    [Range(0, long.MaxValue)]
    public long EncoderCacheBytes { get; set; } = 64L << 20;

    /// <summary>Asks that may wait; one more is refused. Default 256.</summary>
    [Range(1, 65_536)]
    public int QueueLimit { get; set; } = 256;

    /// <summary>Serving policy: deltaedge, or a baseline such as slackfit-batch or fixed-144 to compare with. Default deltaedge.</summary>
    [Required]
    public string Policy { get; set; } = MarginalPolicy.PolicyName;

    /// <summary>Order of the queue: edf, or fifo to compare with. Default edf.</summary>
    public QueueOrder Order { get; set; } = QueueOrder.Edf;

    /// <summary>Decode steps in a row after which waiting work is let in beside long answers. Default 8.</summary>
    [Range(1, 1000)]
    public int DecodeBurst { get; set; } = 8;

    /// <summary>Failed runs without an answer between them after which the engine says it is unhealthy. Default 3.</summary>
    [Range(1, 1000)]
    public int UnhealthyAfter { get; set; } = 3;

    /// <summary>Milliseconds that asks may still run when the engine is disposed. Default 5000.</summary>
    [Range(0, 600_000)]
    public int DrainMs { get; set; } = 5000;

    /// <summary>Directory of the measured latency profile. Default: beside the compiled model.</summary>
    public string? ProfileDirectory { get; set; }

    /// <summary>
    /// Tokens an answer is expected to have, by question kind, until answers show better. Defaults: yes_no, attribute, count and scene 2, where 4, read 5,
    /// describe 24, other 4.
    /// </summary>
    public IDictionary<string, int> ExpectedAnswerTokens { get; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The providers to try: those configured, or the default order.</summary>
    internal IEnumerable<string> EffectiveProviders =>
        Providers.Count > 0 ? Providers : [ExecutionProviders.TensorRt, ExecutionProviders.Cuda, ExecutionProviders.Cpu];

    internal int EffectiveThreads => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>By question kind: expected tokens.</summary>
    public int[] EffectiveAnswerTokens()
    {
        var kinds = Enum.GetValues<QuestionKind>();
        var tokens = new int[kinds.Length];
        foreach (var kind in kinds)
        {
            tokens[(int)kind] = ExpectedAnswerTokens.TryGetValue(kind.Name(), out var set) ? set : kind switch
            {
                QuestionKind.YesNo or QuestionKind.Attribute or QuestionKind.Count or QuestionKind.Scene => 2,
                QuestionKind.Read => 5,
                QuestionKind.Describe => 24,
                _ => 4,
            };
        }

        return tokens;
    }
}

[OptionsValidator]
internal sealed partial class EngineOptionsValidator : IValidateOptions<EngineOptions>;

/// <summary>Names that attributes cannot check.</summary>
internal sealed class EngineOptionsCrossValidator : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var provider in options.Providers)
        {
            if (!ExecutionProviders.IsKnown(provider))
            {
                result.AddError($"{EngineOptions.SectionName}:Providers holds '{provider}'; allowed: {ExecutionProviders.Allowed}.");
            }
        }

        foreach (var (kind, tokens) in options.ExpectedAnswerTokens)
        {
            if (!QuestionKinds.TryParse(kind, out _))
            {
                result.AddError($"{EngineOptions.SectionName}:ExpectedAnswerTokens holds '{kind}'; allowed: {QuestionKinds.Allowed}.");
            }
            else if (tokens < 1)
            {
                result.AddError($"{EngineOptions.SectionName}:ExpectedAnswerTokens:{kind} is {tokens}; it must be at least 1.");
            }
        }

        return result.Build();
    }
}

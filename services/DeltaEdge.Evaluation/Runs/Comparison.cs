namespace DeltaEdge.Evaluation.Runs;

/// <summary>One policy against another on the same arrivals.</summary>
/// <param name="Workload">Name of the workload; its seeds are in here together.</param>
/// <param name="Policy">The one that is judged.</param>
/// <param name="Baseline">The one it is held against.</param>
/// <param name="Difference">Share of useful answers, policy minus baseline, -1 to 1.</param>
/// <param name="Low">Lower end of the 95 % paired bootstrap interval of the difference.</param>
/// <param name="High">Upper end.</param>
public sealed record Comparison(string Workload, string Policy, string Baseline, double Difference, double Low, double High);

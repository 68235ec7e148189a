namespace DeltaEdge.Cli.Smoke;

/// <summary>One second of the step-load experiment, for the figure.</summary>
internal sealed record StepSecond(double Second, double AsksPerSecond, double MeanBudget, double P95Ms, double Attainment);

namespace DeltaEdge.Cli.Bench;

/// <summary>One policy on one workload with one seed.</summary>
internal readonly record struct BenchRun(string Policy, string Workload, int Seed)
{
    public string FileName => $"{Workload}.{Seed}.{Policy}.json";
}

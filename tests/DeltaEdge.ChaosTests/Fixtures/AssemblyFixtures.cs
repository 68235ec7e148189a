using DeltaEdge.ChaosTests.Fixtures;

[assembly: AssemblyFixture(typeof(Findings))]
// Each test has the machine to itself: it starts a whole cluster and measures it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

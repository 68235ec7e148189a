using DeltaEdge.EndToEndTests.Fixtures;

[assembly: AssemblyFixture(typeof(EmbeddedSystemFixture))]
// One system under test on two cores: tests that measure must not share it with tests that load it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("deltaedge")]
[assembly: InternalsVisibleTo("DeltaEdge.UnitTests")]
[assembly: InternalsVisibleTo("DeltaEdge.ComponentTests")]

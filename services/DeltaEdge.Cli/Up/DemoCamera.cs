namespace DeltaEdge.Cli.Up;

/// <param name="Id">Stream id.</param>
/// <param name="Clip">File name under the model's clips folder.</param>
/// <param name="SlaClass">SLA class of the stream.</param>
/// <param name="Questions">Asked of every sampled frame.</param>
internal sealed record DemoCamera(string Id, string Clip, string SlaClass, string[] Questions);

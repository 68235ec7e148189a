namespace DeltaEdge.Worker.Serving;

/// <summary>The use of a model from the start of an ask to its end. To be disposed once.</summary>
internal readonly struct ModelLease(ServedModel model) : IDisposable
{
    public ServedModel Model => model;

    public void Dispose() => model.Return();
}

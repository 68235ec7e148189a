namespace DeltaEdge.Worker.Serving;

/// <summary>The model that answers the asks which arrive now. One writer replaces it; anyone reads.</summary>
internal sealed class ModelInForce(ServedModel first) : IAsyncDisposable
{
    private volatile ServedModel _current = first;

    /// <summary>To look at; who asks it something takes a lease.</summary>
    public ServedModel Current => _current;

    public ModelNames Names { get; } = new(first.Name);

    public ModelLease Take()
    {
        while (true)
        {
            var model = _current;
            if (model.TryTake())
            {
                return new ModelLease(model);
            }
        }
    }

    /// <summary>From here on <paramref name="next"/> is taken. Returns what was in force, for the caller to retire.</summary>
    public ServedModel Replace(ServedModel next)
    {
        var old = _current;
        Names.Add(next.Name);
        _current = next;
        return old;
    }

    public ValueTask DisposeAsync() => Current.Engine.DisposeAsync();
}

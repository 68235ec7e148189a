using System.Collections.Immutable;

namespace DeltaEdge.Fabric;

/// <summary>What this process knows by id, changed a few at a time or replaced whole; readers take an immutable view. Safe for any thread.</summary>
/// <typeparam name="T">What is known; equal ones are no change.</typeparam>
internal sealed class KnownMap<T>
    where T : class
{
    private static readonly ImmutableSortedDictionary<string, T> Empty = ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile ImmutableSortedDictionary<string, T> _view = Empty;

    public ChangeSignal Changed { get; } = new();

    /// <summary>By id.</summary>
    public ImmutableSortedDictionary<string, T> View => _view;

    public T? Find(string id) => _view.GetValueOrDefault(id);

    public void Put(string id, T value) => Change(known => known.SetItem(id, value));

    public void Drop(string id) => Change(known => known.Remove(id));

    public void Drop(IEnumerable<string> gone) => Change(known => known.RemoveRange(gone));

    /// <summary>Takes in what a store tells: news on top of what is known, or everything there is.</summary>
    public void Take(bool isWhole, IReadOnlyCollection<KeyValuePair<string, T>> news, IEnumerable<string> gone)
    {
        if (isWhole)
        {
            Change(known => known.Count == news.Count && news.All(n => known.TryGetValue(n.Key, out var value) && value.Equals(n.Value)) ? known : Empty.AddRange(news));
        }
        else
        {
            Change(known => known.SetItems(news).RemoveRange(gone));
        }
    }

    private void Change(Func<ImmutableSortedDictionary<string, T>, ImmutableSortedDictionary<string, T>> next)
    {
        lock (_lock)
        {
            var view = next(_view);
            if (ReferenceEquals(view, _view))
            {
                return;
            }

            _view = view;
        }

        Changed.Fire();
    }
}

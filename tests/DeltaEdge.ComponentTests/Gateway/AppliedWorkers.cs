using DeltaEdge.ComponentTests.Fixtures;
using System.Collections.Immutable;
using Yarp.ReverseProxy.Configuration;

namespace DeltaEdge.ComponentTests.Gateway;

/// <summary>Knows which workers the proxy routes to, and says when that becomes what a test waits for.</summary>
internal sealed class AppliedWorkers : IConfigChangeListener
{
    private readonly Lock _lock = new();
    private readonly List<(ImmutableArray<string> Wanted, TaskCompletionSource Reached)> _waiting = [];
    private ImmutableArray<string> _ids = [];

    public async Task WaitAsync(string[] ids)
    {
        Task reached;
        lock (_lock)
        {
            ImmutableArray<string> wanted = [.. ids.Order()];
            if (_ids.SequenceEqual(wanted))
            {
                return;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, source));
            reached = source.Task;
        }

        try
        {
            await reached.WaitAsync(Wait.Limit, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The proxy should route to [{string.Join(", ", ids)}]; it routes to [{string.Join(", ", _ids)}].");
        }
    }

    public void ConfigurationApplied(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
        lock (_lock)
        {
            _ids = [.. proxyConfigs.SelectMany(c => c.Clusters).SelectMany(c => c.Destinations!.Keys).Order()];
            foreach (var (_, reached) in _waiting.Where(w => w.Wanted.SequenceEqual(_ids)))
            {
                reached.TrySetResult();
            }
        }
    }

    public void ConfigurationLoadingFailed(IProxyConfigProvider configProvider, Exception exception) => throw new InvalidOperationException("Loading failed.", exception);

    public void ConfigurationLoaded(IReadOnlyList<IProxyConfig> proxyConfigs)
    {
    }

    public void ConfigurationApplyingFailed(IReadOnlyList<IProxyConfig> proxyConfigs, Exception exception) => throw new InvalidOperationException("Applying failed.", exception);
}
